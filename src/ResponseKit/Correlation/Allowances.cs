using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>Whether the policy file says that something is not to be counted. What another detector found, and what is decisive, always counts.</summary>
internal static class Allowances
{
    /// <summary>The finding, with the policy's entry if there is one.</summary>
    public static Finding Apply(DetectionDescriptor detection, Finding finding, CloudTrailRecord record, ResponsePolicy policy)
    {
        if (detection.OwnDeployersMay && Exemption.Of(policy.Guards.Deployers, record) is not null)
            return finding with { Decisive = false, Grave = false, Allowed = "the policy names that role among those that deploy ResponseKit" };
        if (finding.Allowed is not null || finding.Decisive || detection.Category == SignalCategory.ExternalFinding)
            return finding;
        return policy.Detections.Deployers.IsEmpty && policy.ChangeWindows.IsEmpty ? finding : Allow(detection, finding, record, policy);
    }

    private static Finding Allow(DetectionDescriptor detection, Finding finding, CloudTrailRecord record, ResponsePolicy policy)
    {
        if (detection.DeployersMay && Exemption.Of(policy.Detections.Deployers, record) is { } deployer)
            return finding with { Allowed = $"the policy's deployers name '{deployer}'" };
        return policy.ChangeWindows.FirstOrDefault(window => window.Covers(record)) is { } window
            ? finding with { Allowed = $"of the change window of {window.Owner} until {window.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({window.Reason})" }
            : finding;
    }
}
