using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A user put into a group, with the group's rights.</summary>
public sealed class GroupJoined : IDetection
{
    private const int Weight = 5;
    private const int AdminWeight = 15;
    private const int SelfWeight = 5;

    private static readonly string[] Powerful = ["admin", "root", "power", "super", "owner", "fullaccess", "full-access", "full_access"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.group-joined",
        Title = "User added to a group",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles],
        Selectors = [Selector.Writes(EventSources.Iam, "AddUserToGroup")],
        Why = "A new user gets its rights, and a stolen one more of them, by joining a group; alarms on attached policies do not notice.",
        BenignCauses = ["A new colleague, or one with new duties", "Infrastructure as code making a machine account"],
        DeployersMay = true,
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var (user, group) = (record.Request["userName"].Text, record.Request["groupName"].Text);
        var isPowerful = group is not null && Powerful.Any(word => group.Contains(word, StringComparison.OrdinalIgnoreCase));
        var isSelf = record.Actor is Actor.User caller && string.Equals(caller.Name, user, StringComparison.OrdinalIgnoreCase);
        var weight = (isPowerful ? AdminWeight : Weight) + (isSelf ? SelfWeight : 0);
        var who = isSelf ? "the caller itself" : user is null ? "an IAM user" : $"the IAM user {Plain.Name(user)}";
        return new Attempt(weight, Denied: weight / 3)
            .Finding(record, "put", "put", $"{who} into {(group is null ? "a group" : $"the group {Plain.Name(group)}")}")
            ?.Doing(record, isSelf && isPowerful ? DamageKind.BackDoor : null)
            .With("userName", user)
            .With("groupName", group);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an administrator more", EventSources.Iam, "AddUserToGroup", """{"userName":"user-x1x2x3x4","groupName":"Administrators"}"""),
        DetectionExample.Match("the caller among the administrators", EventSources.Iam, "AddUserToGroup", """{"userName":"ci-bot","groupName":"admins"}"""),
        DetectionExample.Match("a developer more", EventSources.Iam, "AddUserToGroup", """{"userName":"new-colleague","groupName":"developers"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "AddUserToGroup", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a group that does not exist", EventSources.Iam, "AddUserToGroup", """{"userName":"deploy","groupName":"x"}""", "NoSuchEntityException"),
    ];
}
