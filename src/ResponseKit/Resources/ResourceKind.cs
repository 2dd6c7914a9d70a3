using System.Collections.Immutable;

using System.Text.Json.Serialization;

namespace ResponseKit.Resources;

/// <summary>
/// What sort of thing a resource is, and how its ARN is written. ARN formats: Service Authorization Reference,
/// "Resource types defined by …" of each service.
/// </summary>
/// <param name="Id">Name in payloads and reports, such as <c>iam-user</c>.</param>
/// <param name="Service">The ARN's service part.</param>
/// <param name="Prefix">What stands before the name in the ARN's resource part.</param>
/// <param name="IsGlobal">Whether the ARN has no region.</param>
[JsonConverter(typeof(ResourceKindConverter))]
public sealed record ResourceKind(string Id, string Service, string Prefix, bool IsGlobal = false)
{
    /// <summary>An IAM user. Its name is the last segment of the ARN: names are unique whatever the path.</summary>
    public static readonly ResourceKind IamUser = new("iam-user", "iam", "user/", IsGlobal: true);

    /// <summary>An IAM role, named like a user.</summary>
    public static readonly ResourceKind IamRole = new("iam-role", "iam", "role/", IsGlobal: true);

    /// <summary>One access key of a user, named <c>user/AKIA…</c>. AWS gives keys no ARN; this one is ours.</summary>
    public static readonly ResourceKind AccessKey = new("iam-access-key", "iam", "access-key/", IsGlobal: true);

    /// <summary>
    /// One lasting credential of a user, named <c>user/sort/id</c>: <c>bob/ssh-key/APKA…</c>. The sorts are access-key, service-credential, ssh-key and
    /// signing-certificate. AWS gives them no ARN; this one is ours.
    /// </summary>
    public static readonly ResourceKind Credential = new("iam-credential", "iam", "credential/", IsGlobal: true);

    /// <summary>A user's console password, named by the user. AWS gives it no ARN; this one is ours.</summary>
    public static readonly ResourceKind LoginProfile = new("iam-login-profile", "iam", "login-profile/", IsGlobal: true);

    /// <summary>The trust policy of a role, named by the role. It has no ARN; this one is ours.</summary>
    public static readonly ResourceKind RoleTrust = new("iam-role-trust", "iam", "role-trust/", IsGlobal: true);

    /// <summary>A customer managed policy, named with its path: <c>team/web</c>.</summary>
    public static readonly ResourceKind ManagedPolicy = new("iam-policy", "iam", "policy/", IsGlobal: true);

    /// <summary>An EC2 instance.</summary>
    public static readonly ResourceKind Instance = new("ec2-instance", "ec2", "instance/");

    /// <summary>An EC2 launch template.</summary>
    public static readonly ResourceKind LaunchTemplate = new("ec2-launch-template", "ec2", "launch-template/");

    /// <summary>An EC2 fleet, named by its id.</summary>
    public static readonly ResourceKind Fleet = new("ec2-fleet", "ec2", "fleet/");

    /// <summary>A Spot Fleet request, named by its id.</summary>
    public static readonly ResourceKind SpotFleet = new("ec2-spot-fleet", "ec2", "spot-fleet-request/");

    /// <summary>A Spot instance request, named by its id. A persistent one launches again what is terminated.</summary>
    public static readonly ResourceKind SpotRequest = new("ec2-spot-request", "ec2", "spot-instances-request/");

    /// <summary>An Auto Scaling group. The ARN's unique id is not in CloudTrail, so <c>*</c> stands for it.</summary>
    public static readonly ResourceKind AutoScalingGroup = new("auto-scaling-group", "autoscaling", "autoScalingGroup:*:autoScalingGroupName/");

    /// <summary>An ECS cluster.</summary>
    public static readonly ResourceKind EcsCluster = new("ecs-cluster", "ecs", "cluster/");

    /// <summary>An ECS service, named <c>cluster/service</c>.</summary>
    public static readonly ResourceKind EcsService = new("ecs-service", "ecs", "service/");

    /// <summary>An ECS task, named <c>cluster/task</c>.</summary>
    public static readonly ResourceKind EcsTask = new("ecs-task", "ecs", "task/");

    /// <summary>A revision of an ECS task definition, named <c>family:revision</c>.</summary>
    public static readonly ResourceKind EcsTaskDefinition = new("ecs-task-definition", "ecs", "task-definition/");

    /// <summary>A Lambda function.</summary>
    public static readonly ResourceKind LambdaFunction = new("lambda-function", "lambda", "function:");

    /// <summary>A CloudTrail trail.</summary>
    public static readonly ResourceKind Trail = new("cloudtrail-trail", "cloudtrail", "trail/");

    /// <summary>A GuardDuty detector, named by its id.</summary>
    public static readonly ResourceKind Detector = new("guardduty-detector", "guardduty", "detector/");

    /// <summary>An EventBridge rule, named <c>rule</c> on the default bus and <c>bus/rule</c> on any other.</summary>
    public static readonly ResourceKind EventsRule = new("events-rule", "events", "rule/");

    /// <summary>A schedule of EventBridge Scheduler, named <c>group/schedule</c>.</summary>
    public static readonly ResourceKind Schedule = new("scheduler-schedule", "scheduler", "schedule/");

    /// <summary>Every kind.</summary>
    public static readonly ImmutableArray<ResourceKind> All =
    [
        IamUser, IamRole, AccessKey, Credential, LoginProfile, RoleTrust, ManagedPolicy, Instance, LaunchTemplate, Fleet, SpotFleet, SpotRequest, AutoScalingGroup,
        EcsCluster, EcsService, EcsTask, EcsTaskDefinition, LambdaFunction, Trail, Detector, EventsRule, Schedule,
    ];

    /// <summary>The kind of that id; null when there is none.</summary>
    public static ResourceKind? Find(string? id) => All.FirstOrDefault(kind => kind.Id == id);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
