using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>
/// Instances, launch templates, fleets and Spot requests that were made; fleets that were given another size; instances that were protected against ending them. Ids are read only from the field
/// of the answer that holds ids: requests and answers also echo names, which can be spelled like the id of somebody else's instance.
/// </summary>
public sealed class Ec2Lineage : ILineageReader
{
    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
    [
        Selector.Writes(
            "ec2.amazonaws.com", "RunInstances", "CreateFleet", "RequestSpotFleet", "RequestSpotInstances", "CreateLaunchTemplate",
            "ModifyInstanceAttribute", "ModifyFleet", "ModifySpotFleetRequest"),
    ];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => record.EventName switch
    {
        "RunInstances" => Launched(record),
        "CreateFleet" => Fleet(record, Answer(record, "CreateFleetResponse")),
        "RequestSpotFleet" => Sized(
            record.Created(ResourceKind.SpotFleet, Answer(record, "RequestSpotFleetResponse")["spotFleetRequestId"].Text),
            record.Request["spotFleetRequestConfig"]["targetCapacity"]),
        "RequestSpotInstances" => Each(Answer(record, "RequestSpotInstancesResponse")["spotInstanceRequestSet"])
            .SelectMany(request => record.Created(ResourceKind.SpotRequest, request["spotInstanceRequestId"].Text)),
        "CreateLaunchTemplate" => record.Created(
            ResourceKind.LaunchTemplate, Answer(record, "CreateLaunchTemplateResponse")["launchTemplate"]["launchTemplateId"].Text),
        "ModifyFleet" => Resized(record, record.Request["ModifyFleetRequest"] is { IsObject: true } nested ? nested : record.Request),
        "ModifySpotFleetRequest" => Sized(record.Altered(ResourceKind.SpotFleet, record.Request.Any("spotFleetRequestId").Text), record.Request.Any("targetCapacity")),
        "ModifyInstanceAttribute" when Protects(record.Request) => record.Altered(ResourceKind.Instance, record.Request["instanceId"].Text),
        _ => [],
    };

    // A launch that repeats the client token of an earlier one answers with the earlier instances, whoever launched them, and their launch time tells.
    // Source: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
    private static IEnumerable<LineageEntry> Launched(CloudTrailRecord record) =>
        from item in Each(Answer(record, "RunInstancesResponse")["instancesSet"])
        let id = item["instanceId"].Text
        from entry in record.IsEarlier(item["launchTime"]) ? record.Mentioned(ResourceKind.Instance, id) : record.Created(ResourceKind.Instance, id)
        select entry;

    // What a fleet launched at once is in the answer, and counts by itself.
    private static IEnumerable<LineageEntry> Fleet(CloudTrailRecord record, Field answer)
    {
        var launched = Each(answer["fleetInstanceSet"]).SelectMany(some => Each(some["instanceIds"])).Select(id => id.Text).Distinct(StringComparer.Ordinal)
            .SelectMany(id => record.Created(ResourceKind.Instance, id)).ToList();
        var capacity = Capacity(record.Request["CreateFleetRequest"]) - launched.Count;
        var size = LineageEntries.Size(capacity < 0 ? 0 : capacity);
        return [.. record.Created(ResourceKind.Fleet, answer["fleetId"].Text).Select(entry => entry with { Size = size }), .. launched];
    }

    private static IEnumerable<LineageEntry> Resized(CloudTrailRecord record, Field request) =>
        record.Altered(ResourceKind.Fleet, request.Any("fleetId").Text).Select(entry => entry with { Size = LineageEntries.Size(Capacity(request)) });

    private static long? Capacity(Field request) => request.Any("targetCapacitySpecification").Any("totalTargetCapacity").Number;

    private static IEnumerable<LineageEntry> Sized(IEnumerable<LineageEntry> entries, Field size) =>
        entries.Select(entry => entry with { Size = LineageEntries.Size(size.Number) });

    // CloudTrail wraps the answers of EC2's newer calls in an element named after the call.
    private static Field Answer(CloudTrailRecord record, string wrapper) =>
        record.Response[wrapper] is { IsObject: true } inner ? inner : record.Response;

    // A list is an array, {"items": [...]}, or, where the wire's spelling is kept, {"item": ...} with one or many; one text may stand for a list of one.
    private static IEnumerable<Field> Each(Field list)
    {
        if (list["item"] is { IsPresent: true } wired)
            return wired.IsArray ? wired.Items : [wired];
        return list.Text is null ? list.List : [list];
    }

    // CloudTrail knows two shapes: one with the value, and one, for callers that use Attribute and Value, in which the value is blacked out.
    private static bool Protects(Field request) =>
        IsSet(request["disableApiTermination"])
        || IsSet(request["disableApiStop"])
        || (request["attribute"].Text is "disableApiTermination" or "disableApiStop" && request["value"].Flag != false);

    private static bool IsSet(Field attribute) => attribute.IsPresent && (attribute["value"].Flag ?? attribute.Flag) != false;
}
