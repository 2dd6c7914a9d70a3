using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Hosts and capacity that are held, whatever is launched on them: what they cost is added up.</summary>
public sealed class CapacityHeld : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.capacity-held",
        Title = "EC2 hosts or capacity held, at their price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ec2, "AllocateHosts", "CreateCapacityReservation", "PurchaseCapacityBlock")],
        Why = "What is held is paid for from the first minute, with or without machines on it. It weighs nothing by itself.",
        BenignCauses = ["Everybody who holds capacity, for licences or for a date"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!Amounts.Counts(record))
            return null;
        var request = Inner(record.Request, record.EventName + "Request");
        var held = Inner(record.Response, record.EventName + "Response").Any("capacityReservation");
        var type = request.Any("instanceType").Text ?? held.Any("instanceType").Text;
        var count = Amounts.Of(record.EventName == "AllocateHosts" ? request.Any("quantity") : request.Any("instanceCount"), Amounts.Of(held.Any("totalInstanceCount"), 1));
        var isEstimated = record.EventName == "AllocateHosts";
        var price = isEstimated ? ServicePrices.WholeHost(type, request.Any("instanceFamily").Text) : Prices.Machine(type, out isEstimated);
        if (count == 0 || price is not { } unit)
            return null;
        return new Finding(0, $"requested {Amounts.Text(count, record.EventName == "AllocateHosts" ? "host" : "reserved instance")} of {Plain.Name(type ?? request.Any("instanceFamily").Text)}")
        {
            Cost = new Cost(unit * count) { IsEstimated = isEstimated },
        };
    }

    // EC2 records newer calls nested under their own name.
    private static Field Inner(Field whole, string name) => whole.Any(name) is { IsPresent: true } nested ? nested : whole;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("two hosts of a family", EventSources.Ec2, "AllocateHosts", """{"AllocateHostsRequest":{"InstanceFamily":"c5","Quantity":2,"AvailabilityZone":"us-east-1a"}}"""),
        DetectionExample.Match("capacity for machines with graphics cards", EventSources.Ec2, "CreateCapacityReservation",
            """{"CreateCapacityReservationRequest":{"InstanceType":"p4d.24xlarge","InstanceCount":4}}"""),
        DetectionExample.Match("a block of capacity", EventSources.Ec2, "PurchaseCapacityBlock", """{"PurchaseCapacityBlockRequest":{"CapacityBlockOfferingId":"cb-1"}}""") with
        {
            Response = """{"PurchaseCapacityBlockResponse":{"capacityReservation":{"capacityReservationId":"cr-1","instanceType":"p5.48xlarge","totalInstanceCount":2}}}""",
        },
        DetectionExample.Ignore("a refused call", EventSources.Ec2, "AllocateHosts", """{"AllocateHostsRequest":{"InstanceFamily":"c5","Quantity":2}}""", "Client.UnauthorizedOperation"),
    ];
}
