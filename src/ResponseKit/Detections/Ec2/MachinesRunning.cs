using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Instances launched, whatever they are: what they cost is added up.</summary>
public sealed class MachinesRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.machines-running",
        Title = "EC2 instances launched, at their price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ec2, "RunInstances", "CreateFleet", "RequestSpotFleet", "RequestSpotInstances", "CreateLaunchTemplate", "CreateLaunchTemplateVersion")],
        Why = "Forty launches of eight machines are as dear as one of 320. It weighs nothing by itself; what all calls of an actor cost together does.",
        BenignCauses = ["Everybody who launches anything"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // What a service launches for a group counts with the group.
        if (!record.Outcome.TookEffect || Delegation.IsByService(record))
            return null;
        var order = LaunchOrder.Of(record);
        var unit = Prices.Cheapest(order.Types, out var isEstimated);
        if (record.EventName.StartsWith("CreateLaunchTemplate", StringComparison.Ordinal))
        {
            return unit is null ? null : new Finding(0, $"made a launch template for {LaunchCost.Describe(order)}")
            {
                Cost = new Cost(0) { UnitUsdPerHour = unit.Value, IsEstimated = isEstimated, Defines = [.. TemplateNames(record)] },
            };
        }

        var count = Math.Max(order.Count, record.EventName == "CreateFleet" ? record.Response["CreateFleetResponse"]["fleetInstanceSet"].List.Count() : 0);
        var cost = unit is { } price
            ? new Cost(price * count) { IsEstimated = isEstimated }
            : new Cost(0) { Uses = TemplateUsed(record.Request), Units = count, IsEstimated = true };
        var what = cost.Uses is null ? Dollars.AnHour(cost.UsdPerHour) : "at a price that its launch template tells";
        return new Finding(0, $"launched {LaunchCost.Describe(order)}, {what}") { Cost = cost }.With("count", count.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string> TemplateNames(CloudTrailRecord record) => new[]
    {
        record.Request["CreateLaunchTemplateRequest"]["LaunchTemplateName"].Text, record.Request["CreateLaunchTemplateVersionRequest"]["LaunchTemplateName"].Text,
        record.Request["CreateLaunchTemplateVersionRequest"]["LaunchTemplateId"].Text, record.Response["CreateLaunchTemplateResponse"]["launchTemplate"]["launchTemplateId"].Text,
    }.OfType<string>().Distinct(StringComparer.Ordinal);

    private static string? TemplateUsed(Field request)
    {
        var direct = request["launchTemplate"];
        var nested = request["CreateFleetRequest"]["LaunchTemplateConfigs"].Items.Select(config => config["LaunchTemplateSpecification"]).Append(Field.Missing).First();
        return direct["launchTemplateId"].Text ?? direct["launchTemplateName"].Text ?? nested["LaunchTemplateId"].Text ?? nested["LaunchTemplateName"].Text;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("eight machines with graphics cards", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":8,"maxCount":8}]},"instanceType":"g5.48xlarge"}"""),
        DetectionExample.Match("one small machine", EventSources.Ec2, "RunInstances", """{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"instanceType":"t3.micro"}"""),
        DetectionExample.Match("machines of a launch template", EventSources.Ec2, "RunInstances",
            """{"instancesSet":{"items":[{"minCount":4,"maxCount":4}]},"launchTemplate":{"launchTemplateName":"worker"}}"""),
        DetectionExample.Match("a launch template, which tells the price of its machines", EventSources.Ec2, "CreateLaunchTemplate",
            """{"CreateLaunchTemplateRequest":{"LaunchTemplateName":"worker","LaunchTemplateData":{"InstanceType":"g5.12xlarge"}}}"""),
        DetectionExample.Match("a fleet", EventSources.Ec2, "CreateFleet",
            """{"CreateFleetRequest":{"LaunchTemplateConfigs":[{"Overrides":[{"InstanceType":"c5.large"},{"InstanceType":"m5.large"}]}],"TargetCapacitySpecification":{"TotalTargetCapacity":20}}}"""),
        DetectionExample.Match("a Spot fleet", EventSources.Ec2, "RequestSpotFleet",
            """{"spotFleetRequestConfig":{"targetCapacity":20,"launchSpecifications":[{"instanceType":"c5.large"}]}}"""),
        DetectionExample.Match("a Spot request", EventSources.Ec2, "RequestSpotInstances", """{"instanceCount":2,"launchSpecification":{"instanceType":"c5.large"}}"""),
        DetectionExample.Match("another version of a launch template", EventSources.Ec2, "CreateLaunchTemplateVersion",
            """{"CreateLaunchTemplateVersionRequest":{"LaunchTemplateName":"worker","LaunchTemplateData":{"InstanceType":"g5.12xlarge"}}}"""),
        DetectionExample.Ignore("a refused launch", EventSources.Ec2, "RunInstances", """{"instanceType":"g5.48xlarge"}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a launch for a group, which counts with the group", EventSources.Ec2, "RunInstances", """{"instanceType":"g5.48xlarge"}""")
            with { InvokedBy = "autoscaling.amazonaws.com" },
        DetectionExample.Ignore("a launch template without a type", EventSources.Ec2, "CreateLaunchTemplate",
            """{"CreateLaunchTemplateRequest":{"LaunchTemplateName":"worker","LaunchTemplateData":{"ImageId":"ami-0a1b2c3d4e5f60718"}}}"""),
    ];
}
