using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>Instances, launch templates, fleets and Spot requests that were made; instances that were protected against ending them.</summary>
public sealed class Ec2Lineage : ILineageReader
{
    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
    [
        Selector.Writes(
            "ec2.amazonaws.com", "RunInstances", "CreateFleet", "RequestSpotFleet", "RequestSpotInstances", "CreateLaunchTemplate",
            "ModifyInstanceAttribute"),
    ];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => record.EventName switch
    {
        "RunInstances" => record.Response["instancesSet"].List.SelectMany(item => record.Created(ResourceKind.Instance, item["instanceId"].Text)),
        "CreateFleet" => Answered(record, ResourceKind.Fleet, "fleet-").Concat(Answered(record, ResourceKind.Instance, "i-")),
        "RequestSpotFleet" => Answered(record, ResourceKind.SpotFleet, "sfr-"),
        "RequestSpotInstances" => Answered(record, ResourceKind.SpotRequest, "sir-"),
        "CreateLaunchTemplate" => Answered(record, ResourceKind.LaunchTemplate, "lt-"),
        "ModifyInstanceAttribute" when Protects(record.Request) => record.Altered(ResourceKind.Instance, record.Request["instanceId"].Text),
        _ => [],
    };

    // EC2's newer calls answer in nested structures of many spellings; the ids' prefixes are the same in all.
    private static IEnumerable<LineageEntry> Answered(CloudTrailRecord record, ResourceKind kind, string prefix) =>
        record.Response.Strings().Where(text => text.StartsWith(prefix, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)
            .SelectMany(id => record.Created(kind, id));

    // CloudTrail knows two shapes: one with the value, and one, for callers that use Attribute and Value, in which the value is blacked out.
    private static bool Protects(Field request) =>
        IsSet(request["disableApiTermination"])
        || IsSet(request["disableApiStop"])
        || (request["attribute"].Text is "disableApiTermination" or "disableApiStop" && request["value"].Flag != false);

    private static bool IsSet(Field attribute) => attribute.IsPresent && (attribute["value"].Flag ?? attribute.Flag) != false;
}
