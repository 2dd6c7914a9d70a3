using System.Collections.Immutable;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.AutoScaling;

/// <summary>A launch configuration, the forerunner of launch templates, for accelerated or very large instances.</summary>
public sealed class CostlyLaunchConfiguration : IConfiguredDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "autoscaling.costly-launch-configuration",
        Title = "Launch configuration for accelerated or very large instances",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.AutoScaling, "CreateLaunchConfiguration")],
        Why = "Older mining scripts prepare their Auto Scaling groups with launch configurations, which EC2's own rules do not see.",
        BenignCauses = ["Old infrastructure as code for rendering or model training"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var order = LaunchOrder.Of(record);
        return LaunchCost.Of(order, settings) is { } cost
            ? Attempt.Third(cost.Weight)
                .Finding(record, "created", "create", $"a launch configuration for {cost.Description}")
                ?.AllowedBy(cost.Allowed)
                .With("launchConfigurationName", record.Request["launchConfigurationName"].Text)
                .With("instanceType", order.Types.FirstOrDefault())
            : null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("graphics cards", EventSources.AutoScaling, "CreateLaunchConfiguration",
            """{"launchConfigurationName":"worker","imageId":"ami-0a1b2c3d4e5f60718","instanceType":"p3.8xlarge"}"""),
        DetectionExample.Match("a very large type", EventSources.AutoScaling, "CreateLaunchConfiguration",
            """{"launchConfigurationName":"worker","imageId":"ami-0a1b2c3d4e5f60718","instanceType":"c5a.24xlarge"}"""),
        DetectionExample.Ignore("a small type", EventSources.AutoScaling, "CreateLaunchConfiguration",
            """{"launchConfigurationName":"web","imageId":"ami-0a1b2c3d4e5f60718","instanceType":"t3.small"}"""),
        DetectionExample.Ignore("one made from an instance", EventSources.AutoScaling, "CreateLaunchConfiguration",
            """{"launchConfigurationName":"web","instanceId":"i-0a1b2c3d4e5f60718"}"""),
    ];
}
