using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.GameLift;

/// <summary>Fleets of GameLift, whatever they are: what they cost is added up.</summary>
public sealed class MachinesRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "gamelift.machines-running",
        Title = "GameLift fleet created, at its price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.GameLift, "CreateFleet")],
        Why = "A fleet begins with one machine in each of its places. It weighs nothing by itself.",
        BenignCauses = ["Everybody who hosts games"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var type = record.Request.Any("ec2InstanceType").Text ?? record.Request.Any("instanceType").Text;
        if (!Amounts.Counts(record) || ServicePrices.Machine(type, ServicePrices.GameLift, out var isEstimated) is not { } price)
            return null;
        // The fleet's own region counts beside the others (GameLift Servers API Reference, "CreateFleet": it deploys one instance a location).
        var places = Math.Min(Amounts.Most, 1 + record.Request.Any("locations").List.LongCount());
        var name = record.Request.Any("name").Text;
        return new Finding(0, $"created the GameLift fleet {Plain.Name(name)} of {Plain.Name(type)} in {Amounts.Text(places, "place")}, {Dollars.AnHour(price * places)}")
        {
            Cost = new Cost(price * places) { IsEstimated = isEstimated },
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a fleet", EventSources.GameLift, "CreateFleet", """{"name":"w","eC2InstanceType":"c5.large"}"""),
        DetectionExample.Match("a fleet in more places", EventSources.GameLift, "CreateFleet",
            """{"name":"w","eC2InstanceType":"g4dn.xlarge","locations":[{"location":"eu-west-1"},{"location":"ap-south-1"}]}"""),
        DetectionExample.Ignore("a fleet of machines of one's own", EventSources.GameLift, "CreateFleet", """{"name":"w","computeType":"ANYWHERE"}"""),
        DetectionExample.Ignore("a refused call", EventSources.GameLift, "CreateFleet", """{"name":"w","eC2InstanceType":"c5.large"}""", "AccessDeniedException"),
    ];
}
