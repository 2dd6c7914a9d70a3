using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A look at where which instances can be had, and at what price.</summary>
public sealed class CapacityExplored : IDetection
{
    private static readonly Attempt Regions = new(Success: 2, Denied: 1);
    private static readonly Attempt Offers = new(Success: 3, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.capacity-explored",
        Title = "EC2 regions, instance offers or Spot prices read",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudInfrastructureDiscovery],
        Selectors = [Selector.Reads(EventSources.Ec2, "DescribeRegions", "DescribeInstanceTypeOfferings", "DescribeSpotPriceHistory")],
        Why = "Whoever wants to mine in every region asks which regions there are, where graphics cards are offered, and where they are cheapest.",
        BenignCauses =
        [
            "Karpenter, which reads offers and prices all day", "Spot tools and eksctl", "The console's list of regions",
            "CSPM scanners, which begin with the regions",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (Delegation.IsByService(record))
            return null;
        return record.EventName switch
        {
            "DescribeRegions" => Regions.Finding(record, "read", "read", "the list of regions"),
            "DescribeSpotPriceHistory" => Offers.Finding(record, "read", "read", "Spot prices"),
            _ => Offers.Finding(record, "read", "read", "where instance types are offered"),
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the regions", EventSources.Ec2, "DescribeRegions", """{"regionSet":{},"allRegions":true}"""),
        DetectionExample.Match("offers of instance types", EventSources.Ec2, "DescribeInstanceTypeOfferings",
            """{"DescribeInstanceTypeOfferingsRequest":{"LocationType":"availability-zone","Filter":{"Name":"instance-type","Value":"p4d.24xlarge"}}}"""),
        DetectionExample.Match("Spot prices", EventSources.Ec2, "DescribeSpotPriceHistory", """{"instanceTypeSet":{"items":[{"instanceType":"c5.24xlarge"}]}}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "DescribeRegions", """{"regionSet":{}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a service that looks on the user's behalf", EventSources.Ec2, "DescribeSpotPriceHistory",
            "{}") with { InvokedBy = "batch.amazonaws.com" },
        DetectionExample.Ignore("throttling", EventSources.Ec2, "DescribeSpotPriceHistory", "{}", "Client.RequestLimitExceeded"),
    ];
}
