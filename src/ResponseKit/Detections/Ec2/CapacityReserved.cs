using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Machines reserved, whole hosts taken, or capacity bought, which costs whether anything runs or not.</summary>
public sealed class CapacityReserved : IConfiguredDetection
{
    private const int HostWeight = 25;
    private const int PurchaseWeight = 30;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.capacity-reserved",
        Title = "Capacity reserved, hosts allocated or capacity bought",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ComputeHijacking],
        Selectors =
        [
            Selector.Writes(EventSources.Ec2, "CreateCapacityReservation", "AllocateHosts", "PurchaseHostReservation", "PurchaseCapacityBlock"),
        ],
        Why = "A reservation holds the machines that a miner wants, past quotas of launches, and a purchase cannot be taken back.",
        BenignCauses = ["Capacity for a known peak or a migration", "Hosts for licences that go by the machine"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var request = record.Request[record.EventName + "Request"] is { IsPresent: true } nested ? nested : record.Request;
        var order = LaunchOrder.For([request.Any("instanceType").Text], request.Any("instanceCount").Number ?? request.Any("quantity").Number);
        var (weight, did, todo, what) = record.EventName switch
        {
            "PurchaseHostReservation" => (PurchaseWeight, "made", "make", "the purchase of a reservation of hosts"),
            "PurchaseCapacityBlock" => (PurchaseWeight, "made", "make", "the purchase of a block of accelerated capacity"),
            "AllocateHosts" => (HostWeight, "requested", "request", $"whole hosts: {LaunchCost.Describe(order)}"),
            _ => (LaunchCost.OfUnapproved(order, settings)?.Weight ?? 0, "requested", "request", $"reserved capacity: {LaunchCost.Describe(order)}"),
        };
        return Attempt.Third(weight).Finding(record, did, todo, what)
            ?.With("instanceType", order.Types.FirstOrDefault())
            .With("count", order.Count.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("accelerated machines reserved", EventSources.Ec2, "CreateCapacityReservation",
            """{"CreateCapacityReservationRequest":{"InstanceType":"p4d.24xlarge","InstanceCount":8}}"""),
        DetectionExample.Match("hosts", EventSources.Ec2, "AllocateHosts",
            """{"instanceType":"c5.metal","quantity":4,"availabilityZone":"us-east-1a"}"""),
        DetectionExample.Match("a purchase of hosts", EventSources.Ec2, "PurchaseHostReservation",
            """{"PurchaseHostReservationRequest":{"OfferingId":"hro-0a1b"}}"""),
        DetectionExample.Match("a purchase of a block", EventSources.Ec2, "PurchaseCapacityBlock",
            """{"PurchaseCapacityBlockRequest":{"CapacityBlockOfferingId":"cbr-0a1b"}}"""),
        DetectionExample.Ignore("two small machines reserved", EventSources.Ec2, "CreateCapacityReservation",
            """{"CreateCapacityReservationRequest":{"InstanceType":"m6i.large","InstanceCount":2}}"""),
    ];
}
