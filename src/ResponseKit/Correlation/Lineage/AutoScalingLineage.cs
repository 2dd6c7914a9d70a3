using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>Auto Scaling groups that were made or given another size.</summary>
public sealed class AutoScalingLineage : ILineageReader
{
    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
        [Selector.Writes("autoscaling.amazonaws.com", "CreateAutoScalingGroup", "UpdateAutoScalingGroup", "SetDesiredCapacity")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record)
    {
        var name = record.Request["autoScalingGroupName"].Text;
        return record.EventName == "CreateAutoScalingGroup"
            ? record.Created(ResourceKind.AutoScalingGroup, name)
            : record.Altered(ResourceKind.AutoScalingGroup, name);
    }
}
