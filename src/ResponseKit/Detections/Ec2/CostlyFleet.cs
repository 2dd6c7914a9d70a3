using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Spot requests and fleets for accelerated, very large or many instances: the cheaper ways to the same hardware.</summary>
public sealed class CostlyFleet : IConfiguredDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.costly-fleet",
        Title = "Spot request or fleet for accelerated, very large or many instances",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ec2, "RequestSpotInstances", "RequestSpotFleet", "CreateFleet")],
        Why = "Fleets and persistent Spot requests start instances again after each is terminated, and Spot has a quota of its own.",
        BenignCauses = ["Karpenter or AWS Batch scaling out", "Rendering or model training on Spot", "CI runners started in bulk"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var order = LaunchOrder.Of(record);
        return LaunchCost.Of(order, settings)?.Finding(record, order, "requested", "request");
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("Spot instances with graphics cards", EventSources.Ec2, "RequestSpotInstances",
            """{"instanceCount":8,"spotPrice":"3.0","type":"persistent","launchSpecification":{"instanceType":"g4dn.12xlarge"}}"""),
        DetectionExample.Match("a Spot fleet of a hundred", EventSources.Ec2, "RequestSpotFleet",
            """{"spotFleetRequestConfig":{"targetCapacity":100,"launchSpecifications":[{"instanceType":"c5.large"},{"instanceType":"m5.large"}]}}"""),
        DetectionExample.Match("a Spot fleet with graphics cards, its lists spelled as EC2 spells others", EventSources.Ec2, "RequestSpotFleet",
            """{"spotFleetRequestConfig":{"targetCapacity":2,"launchSpecificationsSet":{"items":[{"instanceType":"g5.xlarge"}]}}}"""),
        DetectionExample.Match("a fleet with accelerated types only", EventSources.Ec2, "CreateFleet",
            """
            {"CreateFleetRequest":{"Type":"maintain","TargetCapacitySpecification":{"TotalTargetCapacity":4,"DefaultTargetCapacityType":"spot"},
            "LaunchTemplateConfigs":{"tag":1,"Overrides":[{"tag":1,"InstanceType":"p3.8xlarge"},{"tag":2,"InstanceType":"g5.48xlarge"}]}}}
            """),
        DetectionExample.Ignore("a fleet tried out with a dry run, of which another detection speaks", EventSources.Ec2, "CreateFleet",
            """{"CreateFleetRequest":{"Type":"instant","TargetCapacitySpecification":{"TotalTargetCapacity":"50"}}}""",
            "Client.DryRunOperation"),
        DetectionExample.Ignore("a node autoscaler's fleet of one, with modest and large alternatives", EventSources.Ec2, "CreateFleet",
            """
            {"CreateFleetRequest":{"Type":"instant","TargetCapacitySpecification":{"TotalTargetCapacity":1},
            "LaunchTemplateConfigs":{"tag":1,"Overrides":[{"tag":1,"InstanceType":"m5.large"},{"tag":2,"InstanceType":"g4dn.xlarge"}]}}}
            """),
        DetectionExample.Ignore("one Spot instance", EventSources.Ec2, "RequestSpotInstances",
            """{"instanceCount":1,"launchSpecification":{"instanceType":"t3.large"}}"""),
        DetectionExample.Ignore("a small Spot fleet given as a single specification", EventSources.Ec2, "RequestSpotFleet",
            """{"spotFleetRequestConfig":{"targetCapacity":2,"launchSpecifications":{"instanceType":"c5.large"}}}"""),
    ];
}
