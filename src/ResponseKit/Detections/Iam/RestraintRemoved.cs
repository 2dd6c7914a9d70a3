using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A quarantine or containment policy taken off an identity again.</summary>
public sealed class RestraintRemoved : IDetection
{
    /// <summary>
    /// Inline policies that hold an identity down: ResponseKit's own, and that of the console's "Revoke active sessions" (IAM User Guide, "Revoke IAM role
    /// temporary security credentials"). Spelt out: whatever else is named alike, somebody has made up.
    /// </summary>
    private static readonly string?[] Restraints = ["ResponseKitQuarantine", "AWSRevokeOlderSessions"];

    private static readonly Attempt FromOther = new(Success: 35, Denied: 12, Failed: 5);
    private static readonly Attempt FromSelf = new(Success: 60, Denied: 25, Failed: 10);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.restraint-removed",
        Title = "Quarantine or containment policy removed",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools, Techniques.AdditionalCloudRoles],
        Selectors =
        [
            Selector.Writes(EventSources.Iam, "DetachUserPolicy", "DetachRolePolicy", "DetachGroupPolicy", "DeleteUserPolicy", "DeleteRolePolicy"),
        ],
        Why = "IAM takes seconds to apply a containment. An intruder with administrator's rights uses them to take it off again.",
        BenignCauses = ["A responder lifting the quarantine after the key was replaced"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var policyArn = record.Request["policyArn"].Text;
        var inline = record.Request["policyName"].Text;
        if (!ManagedPolicies.IsQuarantine(policyArn) && !ManagedPolicies.IsDenyAll(policyArn) && !Restraints.Contains(inline))
            return null;

        var target = IamTarget.Of(record);
        var policy = ManagedPolicies.Name(policyArn) ?? inline;
        return (target.IsCaller ? FromSelf : FromOther).Finding(record, "removed", "remove", $"the policy {Plain.Name(policy)} from {target}")
            ?.Doing(record, target.IsCaller ? DamageKind.BackDoor : null)
            .With("policy", policy)
            .With(target.Kind + "Name", target.Name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("AWS's quarantine taken off oneself", EventSources.Iam, "DetachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2"}"""),
        DetectionExample.Match("deny-all taken off a role", EventSources.Iam, "DetachRolePolicy",
            """{"roleName":"worker","policyArn":"arn:aws:iam::aws:policy/AWSDenyAll"}"""),
        DetectionExample.Match("deny-all taken off a group", EventSources.Iam, "DetachGroupPolicy",
            """{"groupName":"helpdesk","policyArn":"arn:aws:iam::aws:policy/AWSDenyAll"}"""),
        DetectionExample.Match("a revocation of sessions undone", EventSources.Iam, "DeleteRolePolicy",
            """{"roleName":"worker","policyName":"AWSRevokeOlderSessions"}"""),
        DetectionExample.Match("a containment undone", EventSources.Iam, "DeleteUserPolicy",
            """{"userName":"ci-bot","policyName":"ResponseKitQuarantine"}"""),
        DetectionExample.Ignore("an ordinary policy detached", EventSources.Iam, "DetachUserPolicy",
            """{"userName":"auditor","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"""),
        DetectionExample.Ignore("an ordinary inline policy deleted", EventSources.Iam, "DeleteUserPolicy", """{"userName":"deploy","policyName":"logs"}"""),
        DetectionExample.Ignore("a refused attempt, of which nothing is known", EventSources.Iam, "DetachUserPolicy", errorCode: "AccessDenied"),
    ];
}
