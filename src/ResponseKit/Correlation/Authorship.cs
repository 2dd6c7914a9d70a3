using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Resources;

namespace ResponseKit.Correlation;

/// <summary>What proves, for one kind of resource, that the actor made it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="OnRecord">What the record of the call must say; anything less is mention.</param>
/// <param name="OnResource">What the resource itself must say, read right before anything that cannot be undone.</param>
/// <param name="Forgery">What an actor could write into that field, and why it does not help.</param>
/// <param name="Page">The AWS page behind it.</param>
public sealed record AuthorshipProof(ResourceKind Kind, string OnRecord, string OnResource, string Forgery, string Page);

/// <summary>
/// What a call names, its caller need not have made: creates are idempotent, client tokens are replayed, members are attached, definitions are borrowed, names
/// are used again. This table says for each kind what counts as proof. What has none is put back or told to a person, never destroyed.
/// </summary>
public static class Authorship
{
    /// <summary>
    /// How far the time on a record and the time on a resource may differ: records have whole seconds, and services have clocks of their own.
    /// </summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>One row for each kind that an action acts on because the actor made it, and for what such a thing contains.</summary>
    public static readonly ImmutableArray<AuthorshipProof> All =
    [
        new(
            ResourceKind.AutoScalingGroup,
            "CreateAutoScalingGroup succeeded, which it does only where there is no group of that name.",
            "CreatedTime is not before the record. A member is the group's only if a scaling activity says that the group launched it; any other was attached.",
            "Nobody writes either: AttachInstances leaves an activity of its own, and a group's activities go with its unique id.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Activity.html"),
        new(
            ResourceKind.Instance,
            "The answer of RunInstances or CreateFleet has the id in instancesSet or fleetInstanceSet, with no launch time before the call; or the instance was "
            + "taken out of a group that the actor made.",
            "The first network interface was attached, and no volume before it, since the record; for one that was taken out of a group, an activity of the group "
            + "launched it as well.",
            "The launch time starts anew at every start, and a root volume can be replaced. The primary interface cannot be detached.",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html"),
        new(
            ResourceKind.Fleet,
            "The answer of CreateFleet has the id. With the client token of an earlier call it is that call's fleet, whoever made it.",
            "CreateTime is not before the record. An instance is the fleet's if the fleet names it: nothing can be attached to one.",
            "EC2 writes all of it.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FleetData.html"),
        new(
            ResourceKind.SpotFleet,
            "The answer of RequestSpotFleet has the id. With the client token of an earlier call it is that call's fleet, whoever made it.",
            "CreateTime is not before the record. An instance is the fleet's if the fleet names it: nothing can be attached to one.",
            "EC2 writes all of it.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotFleetRequestConfig.html"),
        new(
            ResourceKind.SpotRequest,
            "The answer of RequestSpotInstances has the id. With the client token of an earlier call it is that call's request, whoever made it.",
            "CreateTime is not before the record. An instance is the request's if both name one another.",
            "EC2 writes all of it.",
            "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotInstanceRequest.html"),
        new(
            ResourceKind.EcsCluster,
            "CreateCluster answered with a cluster that has nothing in it. The call is idempotent, so this alone proves nothing.",
            "A cluster has no time of creation. Everything in it is the actor's: services, tasks, container instances; and CloudTrail's event history has no "
            + "earlier call that created it.",
            "Nobody writes into the event history. It reaches 90 days back: an empty cluster that is older, and that the actor creates again, is lost.",
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html"),
        new(
            ResourceKind.EcsService,
            "CreateService answered with a service that was created at that time; the same request again answers with the one that is there.",
            "createdAt is not before the record, and createdBy is a principal of the incident.",
            "ECS writes both.",
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html"),
        new(
            ResourceKind.EcsTask,
            "RunTask or StartTask answered with the task, created at that time.",
            "createdAt is not before the record, and the task belongs to a service of the actor's or runs a definition that they registered.",
            "startedBy is free text, and is not looked at. A service's tasks are in the group service:name, which RunTask cannot claim.",
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html"),
        new(
            ResourceKind.EcsTaskDefinition,
            "RegisterTaskDefinition, which makes a revision every time.",
            "registeredBy is a principal of the incident, and registeredAt is not before it began. Being used in the actor's cluster proves nothing.",
            "ECS writes both.",
            "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html"),
        new(
            ResourceKind.IamUser,
            "CreateUser succeeded, which it does only where there is no user of that name; the answer has the unique id.",
            "The user of that name has that unique id now.",
            "Unique ids are never used again.",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"),
        new(
            ResourceKind.IamRole,
            "CreateRole succeeded, which it does only where there is no role of that name; the answer has the unique id.",
            "The role of that name has that unique id now.",
            "Unique ids are never used again.",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"),
        new(
            ResourceKind.AccessKey,
            "The answer of CreateAccessKey has the key id.",
            "Key ids are never used again; the call that deactivates one fails for any user but its owner.",
            "IAM writes the id.",
            "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html"),
        new(
            ResourceKind.Credential,
            "The answer of CreateServiceSpecificCredential, UploadSSHPublicKey or UploadSigningCertificate has the id; or a call set the credential active.",
            "The user has a credential of that id that was made or uploaded not before the record. Of one that was set active, CloudTrail's event history says that "
            + "it had been inactive when the incident began, and nobody else has set it since.",
            "IAM writes ids and times, and ids are never used again. Setting an active credential active succeeds and changes nothing: that alone proves nothing.",
            "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html"),
        new(
            ResourceKind.LoginProfile,
            "CreateLoginProfile succeeded, which it does only where the user has no password.",
            "The password was made at the time of the record, and CloudTrail's event history has no UpdateLoginProfile or ChangePassword of anybody else since.",
            "IAM writes the time. Deleted and made anew, it is another password with another time.",
            "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html"),
        new(
            ResourceKind.RoleTrust,
            "UpdateAssumeRolePolicy succeeded; it is of no matter whom the document names.",
            "The trust that stands is the one that the incident's last record put, nobody else has set it since the incident began, and CloudTrail's event history "
            + "has the one that was set last before: that is put back.",
            "Putting what stands there anyway succeeds and leaves a record: then nothing is changed back, for the former trust is the same.",
            "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html"),
        new(
            ResourceKind.ManagedPolicy,
            "SetDefaultPolicyVersion, or CreatePolicyVersion with setAsDefault, succeeded.",
            "Nobody else has set a default version since the incident began, and CloudTrail's event history has the one that was set last before; or the list of versions "
            + "has one alone that was there before, and none was deleted since.",
            "Setting the version that is the default already succeeds: then nothing is changed back. No version is deleted.",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html"),
        new(
            ResourceKind.LambdaFunction,
            "CreateFunction succeeded, which it does only where there is no function of that name.",
            "Lambda keeps no time of creation, and LastModified is none. A function is therefore only ever stopped, which can be undone, and never deleted.",
            "Nothing is read that could be forged.",
            "https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html"),
        new(
            ResourceKind.Schedule,
            "CreateSchedule succeeded, which it does only where the group has no schedule of that name.",
            "CreationDate is not before the record. A schedule is only ever disabled, which can be undone.",
            "EventBridge Scheduler writes it, and an update leaves it as it is.",
            "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html"),
    ];

    /// <summary>The row of a kind; null when there is none.</summary>
    public static AuthorshipProof? Of(ResourceKind kind) => All.FirstOrDefault(proof => proof.Kind == kind);

    /// <summary>Judges by when a resource was made.</summary>
    /// <param name="made">When, by the resource; null where it does not say.</param>
    /// <param name="since">When the record says that the actor made it.</param>
    /// <param name="verb">What happened to it then: "created", "launched".</param>
    public static Origin ByTime(DateTimeOffset? made, DateTimeOffset since, string verb) => made switch
    {
        null => new Origin.Unproven($"AWS does not tell when it was {verb}"),
        { } time when time < since - Skew => new Origin.Earlier($"it was {verb} {Text(time)}, before the record of {Text(since)}"),
        { } time => new Origin.Theirs($"it was {verb} {Text(time)}"),
    };

    /// <summary>Whether two ARNs name the same principal: a user, the root user, or a role, however IAM and STS write it. Paths and sessions do not count.</summary>
    public static bool IsSamePrincipal(string one, string other) => Principal(one) is { } first && first == Principal(other);

    /// <summary>A time as it stands in receipts.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // arn:aws:iam::111122223333:role/path/deploy and arn:aws:sts::111122223333:assumed-role/deploy/session are one role.
    private static (string Partition, string Account, string Kind, string Name)? Principal(string text)
    {
        if (!Arn.TryParse(text, out var arn) || arn.Region.Length > 0)
            return null;
        var parts = arn.Resource.Split('/');
        return (arn.Service, parts[0], parts.Length) switch
        {
            ("iam", "root", 1) => (arn.Partition, arn.Account, "root", ""),
            ("iam", "user" or "role", > 1) => (arn.Partition, arn.Account, parts[0], parts[^1]),
            ("sts", "assumed-role", 3) => (arn.Partition, arn.Account, "role", parts[1]),
            _ => null,
        };
    }
}
