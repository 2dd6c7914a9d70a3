using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>An ordinary launch that EC2 turned away for the account's quota or state.</summary>
public sealed class LaunchFailed : IConfiguredDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.launch-failed",
        Title = "EC2 launch turned away by quota or account state",
        Category = SignalCategory.PermissionProbing,
        Techniques = [Techniques.CloudInfrastructureDiscovery, Techniques.CreateCloudInstance],
        Selectors = [Selector.Writes(EventSources.Ec2, "RunInstances", "RequestSpotInstances", "RequestSpotFleet", "CreateFleet")],
        Why = "Who does not know the account launches in every region until one takes it. Each region that has no quota, or was never used, answers with a failure.",
        BenignCauses =
        [
            "Karpenter, AWS ParallelCluster or CI runners that reach the quota and try another type", "A new account whose quotas were not raised yet",
            "A template moved to a region that lacks the instance type",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        // Of costly launches ec2.costly-launch and ec2.costly-fleet speak, also when they fail.
        if (Delegation.IsByService(record) || LaunchObstacle.Of(record.Outcome) is not { } obstacle)
            return null;
        var order = LaunchOrder.Of(record);
        if (LaunchCost.Of(order, settings) is not null)
            return null;
        return new Attempt(Success: 0, Failed: obstacle.Weight)
            .Finding(record, "launched", "launch", $"EC2 instances where {obstacle.Description}")
            ?.With("eventName", record.EventName)
            .With("instanceType", order.Types.FirstOrDefault());
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a launch beyond the vCPU quota", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":4}]},"instanceType":"c5.4xlarge"}""",
            "Client.VcpuLimitExceeded"),
        DetectionExample.Match("a launch in a region that the account has not used", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"instanceType":"t3.micro"}""", "Client.PendingVerification"),
        DetectionExample.Match("a launch that AWS has blocked", EventSources.Ec2, "RunInstances", errorCode: "Client.Blocked"),
        DetectionExample.Ignore("a launch for which AWS had no machine", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"instanceType":"m6i.xlarge"}""", "Server.InsufficientInstanceCapacity"),
        DetectionExample.Match("a Spot request beyond the quota", EventSources.Ec2, "RequestSpotInstances",
            """{"instanceCount":2,"launchSpecification":{"instanceType":"c5.large"}}""", "Client.MaxSpotInstanceCountExceeded"),
        DetectionExample.Match("a Spot fleet beyond the quota", EventSources.Ec2, "RequestSpotFleet",
            """{"spotFleetRequestConfig":{"targetCapacity":2,"launchSpecifications":[{"instanceType":"c5.large"}]}}""", "Client.MaxSpotFleetRequestCountExceeded"),
        DetectionExample.Match("a fleet in an account that lacks the subscription", EventSources.Ec2, "CreateFleet",
            """{"CreateFleetRequest":{"Type":"instant","TargetCapacitySpecification":{"TotalTargetCapacity":2}}}""", "Client.OptInRequired"),
        DetectionExample.Ignore("a costly launch beyond the quota, of which another detection speaks", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":30}]},"instanceType":"p3.16xlarge"}""", "Client.VcpuLimitExceeded"),
        DetectionExample.Ignore("a launch that a service made on the user's behalf", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"instanceType":"m6i.xlarge"}""",
            "Client.VcpuLimitExceeded") with { InvokedBy = "autoscaling.amazonaws.com" },
        DetectionExample.Ignore("a mistake", EventSources.Ec2, "RunInstances", """{"instanceType":"t3.micro"}""", "Client.InvalidParameterValue"),
        DetectionExample.Ignore("throttling", EventSources.Ec2, "RunInstances", """{"instanceType":"t3.micro"}""", "Client.RequestLimitExceeded"),
        DetectionExample.Ignore("a launch that took place", EventSources.Ec2, "RunInstances", """{"instanceType":"t3.micro"}"""),
    ];
}
