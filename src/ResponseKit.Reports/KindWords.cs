using ResponseKit.Correlation;
using ResponseKit.Resources;

namespace ResponseKit.Reports;

/// <summary>Kinds of resources as people call them.</summary>
internal static class KindWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [ResourceKind.IamUser.Id] = "IAM user",
        [ResourceKind.IamRole.Id] = "IAM role",
        [ResourceKind.AccessKey.Id] = "access key",
        [ResourceKind.Credential.Id] = "credential",
        [ResourceKind.LoginProfile.Id] = "console password",
        [ResourceKind.RoleTrust.Id] = "trust policy",
        [ResourceKind.ManagedPolicy.Id] = "managed policy",
        [ResourceKind.Instance.Id] = "EC2 instance",
        [ResourceKind.LaunchTemplate.Id] = "launch template",
        [ResourceKind.Fleet.Id] = "EC2 fleet",
        [ResourceKind.SpotFleet.Id] = "Spot Fleet request",
        [ResourceKind.SpotRequest.Id] = "Spot request",
        [ResourceKind.AutoScalingGroup.Id] = "Auto Scaling group",
        [ResourceKind.EcsCluster.Id] = "ECS cluster",
        [ResourceKind.EcsService.Id] = "ECS service",
        [ResourceKind.EcsTask.Id] = "ECS task",
        [ResourceKind.EcsTaskDefinition.Id] = "ECS task definition",
        [ResourceKind.LambdaFunction.Id] = "Lambda function",
        [ResourceKind.Trail.Id] = "trail",
        [ResourceKind.Detector.Id] = "GuardDuty detector",
        [ResourceKind.EventsRule.Id] = "EventBridge rule",
    };

    /// <summary>One of the kind. A kind that is not listed is called by its id.</summary>
    public static string One(ResourceKind kind) => Words.GetValueOrDefault(kind.Id) ?? kind.Id.Replace('-', ' ');

    /// <summary>So many of the kind.</summary>
    public static string Count(ResourceKind kind, int count) => Shown.Count(count, One(kind));

    /// <summary>How the actor came to it, as a past participle.</summary>
    public static string Done(LineageRelation relation) => relation switch
    {
        LineageRelation.Created => "made",
        LineageRelation.Entered => "entered",
        LineageRelation.Altered => "altered",
        LineageRelation.Detached => "detached",
        _ => "named",
    };
}
