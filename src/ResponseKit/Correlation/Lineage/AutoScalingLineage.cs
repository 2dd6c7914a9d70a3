using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>Auto Scaling groups that were made or given another size, and instances that were taken out of one.</summary>
public sealed class AutoScalingLineage : ILineageReader
{
    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
        [Selector.Writes("autoscaling.amazonaws.com", "CreateAutoScalingGroup", "UpdateAutoScalingGroup", "SetDesiredCapacity", "DetachInstances")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record)
    {
        var name = record.Request["autoScalingGroupName"].Text;
        return record.EventName switch
        {
            // The call fails where there is a group of that name (Amazon EC2 Auto Scaling API Reference, CreateAutoScalingGroup: AlreadyExists).
            "CreateAutoScalingGroup" => Sized(record, record.Created(ResourceKind.AutoScalingGroup, name)),
            "DetachInstances" => record.Request["instanceIds"].List.SelectMany(id => record.Detached(id.Text, name)),
            _ => Sized(record, record.Altered(ResourceKind.AutoScalingGroup, name)),
        };
    }

    private static IEnumerable<LineageEntry> Sized(CloudTrailRecord record, IEnumerable<LineageEntry> entries)
    {
        var (least, desired) = (record.Request["minSize"].Number, record.Request["desiredCapacity"].Number);
        var size = LineageEntries.Size(least is null || desired > least ? desired : least);
        return entries.Select(entry => entry with { Size = size });
    }
}
