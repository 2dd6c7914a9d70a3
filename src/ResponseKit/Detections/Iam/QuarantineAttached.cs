using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.Iam;

/// <summary>
/// AWS's own quarantine put on a user by AWS: it has found the user's key in public. The policy alone says nothing, for everybody who may attach policies
/// may attach this one to somebody else.
/// </summary>
public sealed class QuarantineAttached : IDetection
{
    private const string Internal = "AWS Internal";

    private static readonly Attempt Weight = new(Success: 100);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.quarantine-attached",
        Title = "AWS's quarantine policy put on a user by AWS",
        Category = SignalCategory.ExternalFinding,
        Techniques = [Techniques.CloudAccounts],
        Selectors = [Selector.Writes(EventSources.Iam, "AttachUserPolicy")],
        Why = "AWS attaches AWSCompromisedKeyQuarantine when it finds a key in a public place. The key is known to others, and the policy leaves much allowed: "
            + "Auto Scaling, ECS tasks, launch templates, CloudTrail.",
        BenignCauses = ["A key that was made for the purpose of being found"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var policyArn = record.Request["policyArn"].Text;
        if (!ManagedPolicies.IsQuarantine(policyArn) || record.Request["userName"].Text is not { } user || !IamName.IsValid(user) || !IsByAws(record, user))
            return null;

        var policy = ManagedPolicies.Name(policyArn);
        var finding = Weight.Finding(record, "put", "put", $"AWS's quarantine policy {Plain.Name(policy)} on the IAM user {Plain.Name(user)}")
            ?.With("userName", user)
            .With("policy", policy);
        return finding is null ? null : finding with { Decisive = true, About = new Actor.User(record.Account, user, Arn.PartitionOf(record.Region)) };
    }

    // AWS calls as the service that it is, or in the name of the very user, without the user's own address: "for events originated by AWS, this field is
    // usually AWS Internal/#" (CloudTrail User Guide, "CloudTrail record contents", sourceIPAddress). CloudTrail writes it; the user agent is the caller's.
    private static bool IsByAws(CloudTrailRecord record, string user) =>
        record.Actor is Actor.Service
        || (record.Actor is Actor.User caller && caller.Name.Equals(user, StringComparison.OrdinalIgnoreCase)
            && record.SourceAddress is { } address && (address == Internal || address.StartsWith(Internal + "/", StringComparison.Ordinal)));

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the third version, in the name of the user whose key was found", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""") with { SourceAddress = Internal },
        DetectionExample.Match("the same with a number behind the address", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2"}""") with { SourceAddress = Internal + "/3" },
        DetectionExample.Match("the first version, by a service", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine"}""") with
        { Identity = """{"type":"AWSService","invokedBy":"support.amazonaws.com"}""", SourceAddress = "support.amazonaws.com" },
        DetectionExample.Ignore("a person who puts AWS's policy on somebody else", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}"""),
        DetectionExample.Ignore("the same from an address of AWS's", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""") with { SourceAddress = Internal },
        DetectionExample.Ignore("a user who puts it on themselves", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}"""),
        DetectionExample.Ignore("another policy", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}""") with { SourceAddress = Internal },
        DetectionExample.Ignore("a policy of the customer's own that borrows the name", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::111122223333:policy/AWSCompromisedKeyQuarantineV3"}""") with { SourceAddress = Internal },
        DetectionExample.Ignore("an attempt that failed", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""", "LimitExceededException") with { SourceAddress = Internal },
    ];
}
