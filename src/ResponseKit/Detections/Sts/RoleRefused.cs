using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Sts;

/// <summary>A role that would not let the caller in.</summary>
public sealed class RoleRefused : IDetection
{
    private static readonly Attempt Weight = new(Success: 0, Denied: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "sts.role-refused",
        Title = "Role refused to the caller",
        Category = SignalCategory.PermissionProbing,
        Techniques = [Techniques.CloudAccounts],
        Selectors = [Selector.Reads(EventSources.Sts, "AssumeRole")],
        Why = "Intruders try role names one after the other, those that they have read about and those that every account is likely to have.",
        BenignCauses = ["A role's trust that was changed or not yet deployed", "A wrong account or role name in a program's settings"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var role = record.Request["roleArn"].Text;
        return Weight.Finding(record, "assumed", "assume", role is null ? "a role" : $"the role {Plain.Name(role)}")?.With("roleArn", role);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a role that does not trust the caller", EventSources.Sts, "AssumeRole", errorCode: "AccessDenied") with { IsRead = true },
        DetectionExample.Ignore("a role that does", EventSources.Sts, "AssumeRole",
            """{"roleArn":"arn:aws:iam::111122223333:role/deploy","roleSessionName":"job"}""") with { IsRead = true },
        DetectionExample.Ignore("a session name that cannot be", EventSources.Sts, "AssumeRole", errorCode: "ValidationError") with { IsRead = true },
    ];
}
