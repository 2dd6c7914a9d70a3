using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Eks;

/// <summary>A new group of nodes for an EKS cluster.</summary>
public sealed class NodeGroupCreated : IConfiguredDetection
{
    private const int OrdinaryWeight = 4;
    private const int AcceleratedWeight = 20;
    private const int LargeWeight = 10;
    private const int VeryLargeWeight = 20;

    /// <summary>What EKS's names of machine images hold where these are made for accelerators, as in <c>AL2023_x86_64_NVIDIA</c>.</summary>
    private static readonly string[] Accelerators = ["GPU", "NVIDIA", "NEURON"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "eks.node-group-created",
        Title = "EKS node group created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Eks, "CreateNodegroup")],
        Why = "A node group is an Auto Scaling group that EKS makes and keeps: whatever is terminated comes back until the node group is deleted.",
        BenignCauses =
        [
            "Infrastructure as code or eksctl", "An upgrade that replaces one node group by another",
            "A node group for model training, or with a generous maximum",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var request = record.Request;
        var order = LaunchOrder.For(request.Any("instanceTypes").List.Select(type => type.Text), 1);
        var cost = LaunchCost.Of(order, settings);
        var image = request.Any("amiType").Text;
        var hardware = cost is not null || (order.Types.Length == 0 && IsForAccelerators(image));
        var scaling = request.Any("scalingConfig");
        var size = Math.Max(scaling.Any("desiredSize").Number ?? 0, scaling.Any("maxSize").Number ?? 0);
        var weight = (hardware ? AcceleratedWeight : 0)
            + (size >= 5L * settings.AutoScalingGroupSize ? VeryLargeWeight : size >= settings.AutoScalingGroupSize ? LargeWeight : 0);
        // That an ordinary one fails says nothing.
        var attempt = weight > 0 ? Attempt.Third(weight) : Attempt.Third(OrdinaryWeight) with { Failed = 0 };

        var name = request.Any("nodegroupName").Text;
        var what = (name is null ? "an EKS node group" : $"the EKS node group {Plain.Name(name)}")
            + (size > 0 ? string.Create(CultureInfo.InvariantCulture, $" of up to {size} nodes") : "")
            + (hardware ? " (accelerated or very large machines)" : "");
        return attempt.Finding(record, "created", "create", what)
            ?.AllowedBy(cost?.Allowed)
            .With("clusterName", request.Any("clusterName").Text ?? request.Any("name").Text)
            .With("nodegroupName", name)
            .With("instanceTypes", order.Types.Length == 0 ? null : string.Join(", ", order.Types))
            .With("amiType", image);
    }

    private static bool IsForAccelerators(string? image) => Array.Exists(Accelerators, name => image?.Contains(name, StringComparison.OrdinalIgnoreCase) is true);

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an ordinary node group", EventSources.Eks, "CreateNodegroup",
            """
            {"name":"prod","nodegroupName":"general","scalingConfig":{"minSize":1,"maxSize":4,"desiredSize":2},"instanceTypes":["m6i.large"],
            "amiType":"AL2023_x86_64_STANDARD"}
            """),
        DetectionExample.Match("graphics cards", EventSources.Eks, "CreateNodegroup",
            """{"name":"prod","nodegroupName":"w","scalingConfig":{"minSize":1,"maxSize":4,"desiredSize":4},"instanceTypes":["g5.12xlarge"]}"""),
        DetectionExample.Match("graphics cards that only the machine image betrays", EventSources.Eks, "CreateNodegroup",
            """{"name":"prod","nodegroupName":"w","launchTemplate":{"name":"w"},"amiType":"AL2023_x86_64_NVIDIA"}"""),
        DetectionExample.Match("a hundred nodes", EventSources.Eks, "CreateNodegroup",
            """{"name":"prod","nodegroupName":"w","scalingConfig":{"minSize":100,"maxSize":100,"desiredSize":100},"instanceTypes":["c5.large"]}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Eks, "CreateNodegroup", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("an ordinary node group whose name is taken", EventSources.Eks, "CreateNodegroup",
            """{"name":"prod","nodegroupName":"general","scalingConfig":{"maxSize":4},"instanceTypes":["m6i.large"]}""", "ResourceInUseException"),
    ];
}
