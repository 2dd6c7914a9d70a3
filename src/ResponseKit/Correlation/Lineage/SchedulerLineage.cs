using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>Schedules of EventBridge Scheduler that were made or changed.</summary>
public sealed class SchedulerLineage : ILineageReader
{
    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } = [Selector.Writes(EventSources.Scheduler, "CreateSchedule", "UpdateSchedule")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record)
    {
        var name = record.Request.Any("name").Text is { } text ? $"{record.Request.Any("groupName").Text ?? "default"}/{text}" : null;
        // The call fails where there is a schedule of that name (EventBridge Scheduler API Reference, CreateSchedule: ConflictException).
        return record.EventName == "CreateSchedule" ? record.Created(ResourceKind.Schedule, name) : record.Altered(ResourceKind.Schedule, name);
    }
}
