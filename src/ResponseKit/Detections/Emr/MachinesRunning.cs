using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Emr;

/// <summary>Machines asked of EMR, whatever they are: what they cost is added up. What EMR launches for it does not count again.</summary>
public sealed class MachinesRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "emr.machines-running",
        Title = "EMR instances run, at their price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Emr, "RunJobFlow", "AddInstanceGroups", "AddInstanceFleet")],
        Why = "A cluster counts at the size that it is given, and may grow to what its scaling allows. It weighs nothing by itself.",
        BenignCauses = ["Everybody who runs EMR"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!Amounts.Counts(record))
            return null;
        var (usd, isEstimated, count, unit) = (0m, false, 0L, 0m);
        foreach (var group in CostlyCluster.Groups(record.Request).Where(group => group.Types.Length > 0).Take(200))
        {
            // Types of a fleet are alternatives; the groups of a cluster are all made.
            if (Prices.Cheapest(group.Types, out var estimated) * ServicePrices.Emr is not { } price)
                continue;
            (usd, isEstimated, count, unit) = (usd + (price * group.Count), isEstimated | estimated, count + group.Count, Math.Max(unit, price));
        }

        if (count == 0)
            return null;
        var limits = record.Request.Any("managedScalingPolicy").Any("computeLimits");
        var most = unit * Amounts.Of(limits.Any("maximumCapacityUnits"), 0);
        return new Finding(0, $"asked EMR for {Amounts.Text(count, "instance")}, {Dollars.AnHour(usd)}")
        {
            Cost = new Cost(Math.Min(usd, 10_000_000m)) { IsEstimated = isEstimated, MostUsdPerHour = most > usd ? most : null },
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a small cluster", EventSources.Emr, "RunJobFlow",
            """{"name":"w","instances":{"masterInstanceType":"m5.xlarge","slaveInstanceType":"m5.xlarge","instanceCount":3}}"""),
        DetectionExample.Match("a cluster that may grow", EventSources.Emr, "RunJobFlow",
            """
            {"name":"w","instances":{"instanceGroups":[{"instanceRole":"MASTER","instanceType":"m5.xlarge","instanceCount":1}]},
            "managedScalingPolicy":{"computeLimits":{"unitType":"Instances","minimumCapacityUnits":1,"maximumCapacityUnits":200}}}
            """),
        DetectionExample.Match("one more group", EventSources.Emr, "AddInstanceGroups", """{"jobFlowId":"j-1","instanceGroups":[{"instanceType":"g5.xlarge","instanceCount":4}]}"""),
        DetectionExample.Match("a fleet", EventSources.Emr, "AddInstanceFleet",
            """{"clusterId":"j-1","instanceFleet":{"targetSpotCapacity":8,"instanceTypeConfigs":[{"instanceType":"m5.xlarge"},{"instanceType":"m6i.xlarge"}]}}"""),
        DetectionExample.Ignore("a refused call", EventSources.Emr, "RunJobFlow", """{"name":"w","instances":{"masterInstanceType":"m5.xlarge"}}""", "AccessDenied"),
        DetectionExample.Ignore("a cluster that says nothing of machines", EventSources.Emr, "RunJobFlow", """{"name":"w"}"""),
    ];
}
