using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Eks;

/// <summary>The size of EKS node groups, whatever it is: what it costs is added up. The Auto Scaling group that EKS makes for one does not count again.</summary>
public sealed class MachinesRunning : IDetection
{
    // What EKS takes where nothing is said (Amazon EKS API Reference, "CreateNodegroup" and "NodegroupScalingConfig").
    private const string UsualType = "t3.medium";
    private const long UsualSize = 2;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "eks.machines-running",
        Title = "EKS node group sized, at its price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Eks, "CreateNodegroup", "UpdateNodegroupConfig")],
        Why = "A node group counts at the size that it is given, and may grow to its maximum. It weighs nothing by itself.",
        BenignCauses = ["Everybody who runs Kubernetes"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var scaling = request.Any("scalingConfig");
        var isNew = record.EventName == "CreateNodegroup";
        if (!Amounts.Counts(record) || (!isNew && !scaling.IsPresent))
            return null;
        var runs = Amounts.Of(scaling.Any("desiredSize"), Amounts.Of(scaling.Any("minSize"), isNew ? UsualSize : 0));
        var most = Math.Max(Amounts.Of(scaling.Any("maxSize"), 0), runs);
        if (most == 0)
            return null;
        var name = request.Any("nodegroupName").Text;
        var group = Amounts.Thing(record, "nodegroup", $"{request.Any("clusterName").Text ?? request.Any("name").Text} {name}");
        var cost = isNew ? Made(request, group!, runs, most) : new Cost(0) { Uses = group, Units = runs, MostUnits = most, IsEstimated = true };
        return new Finding(0, string.Create(CultureInfo.InvariantCulture, $"set the EKS node group {Plain.Name(name)} to {runs} nodes, at most {most}"))
        {
            Cost = cost with { Sets = group },
        };
    }

    private static Cost Made(Field request, string group, long runs, long most)
    {
        var types = request.Any("instanceTypes").List.Select(type => type.Text).OfType<string>().Take(200).ToList();
        var template = request.Any("launchTemplate");
        if (types.Count == 0 && (template.Any("id").Text ?? template.Any("name").Text) is { } uses)
            return new Cost(0) { Uses = uses, Units = runs, MostUnits = most, IsEstimated = true };
        var price = Prices.OfAlternatives(types.Count == 0 ? [UsualType] : types, strategy: null, out var isEstimated) ?? Prices.UnknownMachine;
        return new Cost(price * runs) { MostUsdPerHour = price * most, UnitUsdPerHour = price, Defines = [group], IsEstimated = isEstimated };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a node group", EventSources.Eks, "CreateNodegroup",
            """{"name":"prod","nodegroupName":"general","scalingConfig":{"minSize":1,"maxSize":4,"desiredSize":2},"instanceTypes":["m6i.large"]}"""),
        DetectionExample.Match("a node group of which nothing is said", EventSources.Eks, "CreateNodegroup", """{"clusterName":"prod","nodegroupName":"general"}"""),
        DetectionExample.Match("a node group of a launch template", EventSources.Eks, "CreateNodegroup",
            """{"name":"prod","nodegroupName":"w","launchTemplate":{"name":"worker"},"scalingConfig":{"desiredSize":3}}"""),
        DetectionExample.Match("a node group set to a size", EventSources.Eks, "UpdateNodegroupConfig", """{"name":"prod","nodegroupName":"general","scalingConfig":{"desiredSize":60}}"""),
        DetectionExample.Ignore("other labels", EventSources.Eks, "UpdateNodegroupConfig", """{"name":"prod","nodegroupName":"general","labels":{"addOrUpdateLabels":{"tier":"web"}}}"""),
        DetectionExample.Ignore("a refused call", EventSources.Eks, "CreateNodegroup", """{"name":"prod","scalingConfig":{"desiredSize":60}}""", "AccessDeniedException"),
    ];
}
