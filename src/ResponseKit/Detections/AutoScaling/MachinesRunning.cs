using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.AutoScaling;

/// <summary>The size of Auto Scaling groups, whatever it is: what it costs is added up.</summary>
public sealed class MachinesRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "autoscaling.machines-running",
        Title = "Auto Scaling group sized, at its price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.AutoScaling, "CreateAutoScalingGroup", "UpdateAutoScalingGroup", "SetDesiredCapacity", "LaunchInstances", "CreateLaunchConfiguration")],
        Why = "A group counts at the size that it is given; what the service launches for it does not count again. It weighs nothing by itself.",
        BenignCauses = ["Everybody who runs groups"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!record.Outcome.TookEffect || Delegation.IsByService(record))
            return null;
        var request = record.Request;
        if (record.EventName == "CreateLaunchConfiguration")
        {
            return request["launchConfigurationName"].Text is { } made && Prices.Machine(request["instanceType"].Text, out var estimated) is { } unit
                ? new Finding(0, $"made the launch configuration {Plain.Name(made)}") { Cost = new Cost(0) { UnitUsdPerHour = unit, IsEstimated = estimated, Defines = [made] } }
                : null;
        }

        var runs = (record.EventName == "LaunchInstances" ? request["requestedCapacity"].Number : request["desiredCapacity"].Number) ?? request["minSize"].Number ?? 0;
        var most = Math.Max(request["maxSize"].Number ?? 0, runs);
        if (most <= 0 || most > 1_000_000)
            return null;
        var name = request["autoScalingGroupName"].Text;
        var group = Amounts.Thing(record, "group", name);
        var cost = CostOf(request, group, runs, most);
        cost = record.EventName == "LaunchInstances" ? cost : cost with { Sets = group };
        return new Finding(0, string.Create(CultureInfo.InvariantCulture, $"set the Auto Scaling group {Plain.Name(name)} to {runs} instances, at most {most}")) { Cost = cost };
    }

    // A call that only sets a size counts at the price that the group was made with.
    private static Cost CostOf(Field request, string? group, long runs, long most)
    {
        var mixed = request["mixedInstancesPolicy"]["launchTemplate"];
        var types = mixed["overrides"].List.Select(item => item["instanceType"].Text).OfType<string>().Take(200).ToList();
        IReadOnlyList<string> defines = group is null ? [] : [group];
        if (Prices.OfAlternatives(types, request["mixedInstancesPolicy"]["instancesDistribution"]["onDemandAllocationStrategy"].Text, out var isEstimated) is { } price)
            return new Cost(price * runs) { MostUsdPerHour = price * most, UnitUsdPerHour = price, Defines = defines, IsEstimated = isEstimated };
        var template = Template(request["launchTemplate"]) ?? Template(mixed["launchTemplateSpecification"]) ?? request["launchConfigurationName"].Text;
        return new Cost(0) { Uses = template ?? group ?? "", Units = runs, MostUnits = most, Defines = template is null ? [] : defines, IsEstimated = true };
    }

    private static string? Template(Field template) => template["launchTemplateId"].Text ?? template["launchTemplateName"].Text;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a group of a launch template", EventSources.AutoScaling, "CreateAutoScalingGroup",
            """{"autoScalingGroupName":"workers","minSize":20,"maxSize":999,"launchTemplate":{"launchTemplateName":"worker"}}"""),
        DetectionExample.Match("a desired size", EventSources.AutoScaling, "SetDesiredCapacity", """{"autoScalingGroupName":"web","desiredCapacity":6}"""),
        DetectionExample.Match("a launch configuration, which tells the price of its machines", EventSources.AutoScaling, "CreateLaunchConfiguration",
            """{"launchConfigurationName":"worker","instanceType":"p3.16xlarge"}"""),
        DetectionExample.Match("instances launched at once", EventSources.AutoScaling, "LaunchInstances", """{"autoScalingGroupName":"web","requestedCapacity":4}"""),
        DetectionExample.Match("a group raised", EventSources.AutoScaling, "UpdateAutoScalingGroup", """{"autoScalingGroupName":"web","desiredCapacity":6,"maxSize":9}"""),
        DetectionExample.Ignore("a group scaled to nothing", EventSources.AutoScaling, "UpdateAutoScalingGroup",
            """{"autoScalingGroupName":"web","minSize":0,"maxSize":0,"desiredCapacity":0}"""),
        DetectionExample.Ignore("a refused call", EventSources.AutoScaling, "CreateAutoScalingGroup", """{"minSize":20,"maxSize":999}""", "AccessDenied"),
    ];
}
