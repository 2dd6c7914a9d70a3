using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>
/// Trails, detectors and rules that were put up: taking down one's own is no obstruction, and a rule that an attacker left behind can start his
/// work again.
/// </summary>
public sealed class WatcherLineage : ILineageReader
{
    private static readonly Selector Trails = Selector.Writes(EventSources.CloudTrail, "CreateTrail");
    private static readonly Selector Detectors = Selector.Writes(EventSources.GuardDuty, "CreateDetector");
    private static readonly Selector Rules = Selector.Writes(EventSources.Events, "PutRule");

    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } = [Trails, Detectors, Rules];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record)
    {
        if (Trails.Accepts(record))
            return record.Created(ResourceKind.Trail, record.Request["name"].Text);
        if (Detectors.Accepts(record))
            return record.Created(ResourceKind.Detector, record.Response["detectorId"].Text);
        // PutRule also changes rules that are there; only an answer could tell, and it is the same for both.
        return record.Altered(ResourceKind.EventsRule, RuleName.OnBus(record.Request["name"].Text, record.Request["eventBusName"].Text));
    }
}
