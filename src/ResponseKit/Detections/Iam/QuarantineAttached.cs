using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.Iam;

/// <summary>AWS's own quarantine put on a user: AWS has found the user's key in public.</summary>
public sealed class QuarantineAttached : IDetection
{
    private static readonly Attempt Weight = new(Success: 100);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.quarantine-attached",
        Title = "AWS's quarantine policy put on a user",
        Category = SignalCategory.ExternalFinding,
        Techniques = [Techniques.CloudAccounts],
        Selectors = [Selector.Writes(EventSources.Iam, "AttachUserPolicy", "PutUserPolicy")],
        Why = "AWS attaches AWSCompromisedKeyQuarantine when it finds a key in a public place. The key is known to others, and the policy leaves much allowed: "
            + "Auto Scaling, ECS tasks, launch templates, CloudTrail.",
        BenignCauses = ["A person attaching AWS's policy by hand, who then also takes the user for compromised"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var policyArn = record.Request["policyArn"].Text;
        var policy = ManagedPolicies.IsQuarantine(policyArn) ? ManagedPolicies.Name(policyArn)
            : InlineQuarantine.IsOne(record.Request["policyName"].Text) ? record.Request["policyName"].Text
            : null;
        if (policy is null || record.Request["userName"].Text is not { } user || !IamName.IsValid(user))
            return null;

        // The caller is AWS, in one guise or another, or a helping hand; the user is whom it is about.
        var finding = Weight.Finding(record, "put", "put", $"AWS's quarantine policy {Plain.Name(policy)} on the IAM user {Plain.Name(user)}")
            ?.With("userName", user)
            .With("policy", policy);
        return finding is null ? null : finding with { Decisive = true, About = new Actor.User(record.Account, user, Arn.PartitionOf(record.Region)) };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the third version", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}"""),
        DetectionExample.Match("the first version", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine"}"""),
        DetectionExample.Match("the inline policy of former years", EventSources.Iam, "PutUserPolicy",
            """{"userName":"deploy","policyName":"AWSExposedCredentialPolicy_DO_NOT_REMOVE","policyDocument":"{}"}"""),
        DetectionExample.Ignore("another policy", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"""),
        DetectionExample.Ignore("a policy of the customer's own that borrows the name", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::111122223333:policy/AWSCompromisedKeyQuarantineV3"}"""),
        DetectionExample.Ignore("an attempt that failed", EventSources.Iam, "AttachUserPolicy",
            """{"userName":"deploy","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""", "LimitExceededException"),
        DetectionExample.Ignore("any other inline policy", EventSources.Iam, "PutUserPolicy",
            """{"userName":"deploy","policyName":"logs","policyDocument":"{}"}"""),
    ];
}
