using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>Another version of a managed policy put into force.</summary>
public sealed class PolicyVersionSet : IDetection
{
    private static readonly Attempt Weight = new(Success: 8, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.policy-version-set",
        Title = "Another version of a managed policy made the default",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles],
        Selectors = [Selector.Writes(EventSources.Iam, "SetDefaultPolicyVersion")],
        Why = "An old version may have granted more. Whoever may choose the version needs no right to write policies to become an administrator.",
        BenignCauses = ["A policy change that broke something and was taken back"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var (policy, version) = (record.Request["policyArn"].Text, record.Request["versionId"].Text);
        var what = policy is null ? "which version of a managed policy is in force" : $"the policy {Plain.Name(policy)} to its version {Plain.Name(version)}";
        return Weight.Finding(record, "changed", "change", what)?.With("policyArn", policy).With("versionId", version);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an old version in force again", EventSources.Iam, "SetDefaultPolicyVersion",
            """{"policyArn":"arn:aws:iam::111122223333:policy/deploy","versionId":"v1"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "SetDefaultPolicyVersion", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a version that does not exist", EventSources.Iam, "SetDefaultPolicyVersion",
            """{"policyArn":"arn:aws:iam::111122223333:policy/deploy","versionId":"v9"}""", "NoSuchEntityException"),
    ];
}
