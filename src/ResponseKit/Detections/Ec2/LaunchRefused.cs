using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A launch that the caller had no permission for.</summary>
public sealed class LaunchRefused : IConfiguredDetection
{
    private static readonly Attempt Ordinary = new(Success: 0, Denied: 8);
    private static readonly Attempt Costly = new(Success: 0, Denied: 13);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.launch-refused",
        Title = "EC2 launch refused for lack of permission",
        Category = SignalCategory.PermissionProbing,
        Techniques = [Techniques.CloudInfrastructureDiscovery, Techniques.CreateCloudInstance],
        Selectors = [Selector.Writes(EventSources.Ec2, "RunInstances", "RequestSpotInstances", "RequestSpotFleet", "CreateFleet")],
        Why = "Who finds a key does not know what it may do, and tries. A key that belongs to a program knows.",
        BenignCauses = ["A deployment role that lacks a permission", "A service control policy that forbids a region or type"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var order = LaunchOrder.Of(record);
        var cost = LaunchCost.Of(order, settings);
        return (cost is null ? Ordinary : Costly).Finding(record, "launched", "launch", cost?.Description ?? "ordinary instances of EC2")
            ?.AllowedBy(cost?.Allowed)
            .With("eventName", record.EventName)
            .With("instanceType", order.Types.FirstOrDefault());
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a launch of a small instance", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":1}]},"instanceType":"t3.micro"}""",
            "Client.UnauthorizedOperation"),
        DetectionExample.Match("a launch of accelerated instances", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":10}]},"instanceType":"p2.xlarge"}""",
            "Client.UnauthorizedOperation"),
        DetectionExample.Match("a Spot request whose parameters were not recorded", EventSources.Ec2, "RequestSpotInstances",
            errorCode: "Client.UnauthorizedOperation"),
        DetectionExample.Match("a Spot fleet", EventSources.Ec2, "RequestSpotFleet",
            """{"spotFleetRequestConfig":{"targetCapacity":2,"launchSpecifications":[{"instanceType":"c5.large"}]}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Match("a fleet", EventSources.Ec2, "CreateFleet",
            """{"CreateFleetRequest":{"Type":"instant","TargetCapacitySpecification":{"TotalTargetCapacity":2}}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a launch that took place", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":1}]},"instanceType":"t3.micro"}"""),
        DetectionExample.Ignore("a dry run that would be allowed", EventSources.Ec2, "RunInstances", "{}", "Client.DryRunOperation"),
    ];
}
