using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Account;

/// <summary>A region switched on that the account had not used.</summary>
public sealed class RegionEnabled : IDetection
{
    private static readonly Attempt Weight = new(Success: 10, Denied: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "account.region-enabled",
        Title = "Region enabled",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.UnusedRegions],
        Selectors = [Selector.Writes(EventSources.Account, "EnableRegion")],
        Why = "Regions that must be enabled first are seldom watched, and each has quotas of its own.",
        BenignCauses = ["A roll-out to a new country, planned beforehand"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var region = record.Request["regionName"].Text;
        return Weight.Finding(record, "enabled", "enable", $"the region {Plain.Name(region)}")?.With("regionName", region);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a region", EventSources.Account, "EnableRegion", """{"regionName":"af-south-1"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Account, "EnableRegion", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a region that is on already", EventSources.Account, "EnableRegion", """{"regionName":"af-south-1"}""", "ValidationException"),
    ];
}
