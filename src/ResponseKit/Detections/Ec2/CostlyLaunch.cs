using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Instances launched that are accelerated, very large, or many at once.</summary>
public sealed class CostlyLaunch : IConfiguredDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.costly-launch",
        Title = "Accelerated, very large or many EC2 instances launched",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ec2, "RunInstances")],
        Why = "Stolen keys are turned into money by mining, which wants graphics cards and as many cores as the quota gives.",
        BenignCauses = ["Model training or rendering", "A load test", "A batch cluster that scales out by itself (AWS ParallelCluster, Slurm)"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var order = LaunchOrder.Of(record);
        return LaunchCost.Of(order, settings)?.Finding(record, order, "launched", "launch");
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("twenty instances with graphics cards", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":20}]},"instanceType":"g5.12xlarge"}"""),
        DetectionExample.Match("one bare-metal machine", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":1}]},"instanceType":"c6i.metal"}"""),
        DetectionExample.Match("many small instances from a launch template", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":40,"maxCount":40}]},"launchTemplate":{"launchTemplateName":"web"}}"""),
        DetectionExample.Match("a launch template whose accelerated type shows only in the answer", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"launchTemplate":{"launchTemplateName":"web"}}""",
            response: """{"instancesSet":{"items":[{"instanceId":"i-0a1b2c3d4e5f60718","instanceType":"p4d.24xlarge"}]}}"""),
        DetectionExample.Match("a launch that ran into the quota", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":30}]},"instanceType":"p3.16xlarge"}""",
            "Client.VcpuLimitExceeded"),
        DetectionExample.Ignore("a refused launch, of which another detection speaks", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":10}]},"instanceType":"p2.xlarge"}""",
            "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("one small instance", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":1}]},"instanceType":"t3.micro"}"""),
        DetectionExample.Ignore("a few general instances", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":3,"maxCount":3}]},"instanceType":"m6i.2xlarge"}"""),
        DetectionExample.Ignore("a record without its request", EventSources.Ec2, "RunInstances"),
    ];
}
