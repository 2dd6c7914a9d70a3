using System.Collections.Immutable;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Emr;

/// <summary>An EMR cluster, or more groups for one, of accelerated, very large or many machines.</summary>
public sealed class CostlyCluster : IConfiguredDetection
{
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "emr.costly-cluster",
        Title = "EMR cluster of accelerated, very large or many machines",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Emr, "RunJobFlow", "AddInstanceGroups", "AddInstanceFleet")],
        Why = "EMR launches machines by the hundred with a role of its own, and runs any script on each of them as it starts.",
        BenignCauses = ["Data pipelines: Airflow, Step Functions and schedules start large clusters daily", "A data engineer's trial"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        if (!record.Request.IsPresent)
            return Unrecorded.Finding(record, "launched", "launch", "machines for EMR");
        if (Machines.Cost(Groups(record.Request), settings) is not { } cost)
            return null;
        var name = record.Request.Any("name").Text ?? record.Request.Any("jobFlowId").Text ?? record.Request.Any("clusterId").Text;
        // Large clusters are what this service is for, so they weigh three fifths of what they weigh elsewhere.
        return Attempt.Third(cost.Weight * 3 / 5).Finding(record, "launched", "launch", $"{cost.Description} for the EMR cluster {Plain.Name(name)}")
            ?.AllowedBy(cost.Allowed)
            .With("cluster", name)
            .With("eventName", record.EventName);
    }

    internal static IEnumerable<LaunchOrder> Groups(Field request)
    {
        var instances = request.Any("instances");
        // In the shortest form one number covers the master and all others.
        LaunchOrder[] plain =
        [
            Machines.Group(instances.Any("masterInstanceType"), Field.Missing), Machines.Group(instances.Any("slaveInstanceType"), instances.Any("instanceCount")),
        ];
        var groups = instances.Any("instanceGroups").List.Concat(request.Any("instanceGroups").List)
            .Select(group => Machines.Group(group.Any("instanceType"), group.Any("instanceCount")));
        var fleets = instances.Any("instanceFleets").List.Append(request.Any("instanceFleet")).Select(Fleet);
        return plain.Concat(groups).Concat(fleets);
    }

    // The types of a fleet are alternatives, and its capacity counts units, as of EC2's fleets.
    private static LaunchOrder Fleet(Field fleet) => LaunchOrder.For(
        fleet.Any("instanceTypeConfigs").List.Select(type => type.Any("instanceType").Text),
        Math.Max(fleet.Any("targetOnDemandCapacity").Number ?? 0, fleet.Any("targetSpotCapacity").Number ?? 0));

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("graphics cards beside a small master", EventSources.Emr, "RunJobFlow",
            """
            {"name":"w","instances":{"instanceGroups":[{"instanceRole":"MASTER","instanceType":"m5.xlarge","instanceCount":1},
            {"instanceRole":"CORE","instanceType":"g5.12xlarge","instanceCount":4}]}}
            """),
        DetectionExample.Match("many machines", EventSources.Emr, "RunJobFlow",
            """{"name":"w","instances":{"masterInstanceType":"m5.xlarge","slaveInstanceType":"c5.4xlarge","instanceCount":60}}"""),
        DetectionExample.Match("a fleet of graphics cards", EventSources.Emr, "RunJobFlow",
            """
            {"name":"w","instances":{"instanceFleets":[{"instanceFleetType":"CORE","targetSpotCapacity":4,
            "instanceTypeConfigs":[{"instanceType":"p3.2xlarge"},{"instanceType":"g4dn.xlarge"}]}]}}
            """),
        DetectionExample.Match("another group for a cluster", EventSources.Emr, "AddInstanceGroups",
            """{"jobFlowId":"j-0A1B2C3D4E5F","instanceGroups":[{"instanceRole":"TASK","instanceType":"c5.24xlarge","instanceCount":20}]}"""),
        DetectionExample.Match("another fleet for a cluster", EventSources.Emr, "AddInstanceFleet",
            """{"clusterId":"j-0A1B2C3D4E5F","instanceFleet":{"targetSpotCapacity":100,"instanceTypeConfigs":[{"instanceType":"c5.xlarge"}]}}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Emr, "RunJobFlow", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a small cluster", EventSources.Emr, "RunJobFlow",
            """{"name":"daily","instances":{"masterInstanceType":"m5.xlarge","slaveInstanceType":"m5.xlarge","instanceCount":3}}"""),
    ];
}
