using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Eks;

/// <summary>A node group raised to many nodes.</summary>
public sealed class NodeGroupEnlarged : IConfiguredDetection
{
    private const int LargeWeight = 10;
    private const int VeryLargeWeight = 20;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "eks.node-group-enlarged",
        Title = "EKS node group raised beyond the threshold",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ModifyComputeConfigurations, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Eks, "UpdateNodegroupConfig")],
        Why = "A node group that is there already can be made large: EKS itself then raises the Auto Scaling group, under its service role.",
        BenignCauses = ["Scaling for a known peak", "Infrastructure as code that sets a generous maximum"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var scaling = record.Request.Any("scalingConfig");
        var size = Math.Max(scaling.Any("desiredSize").Number ?? 0, scaling.Any("maxSize").Number ?? 0);
        if (size < Math.Max(settings.AutoScalingGroupSize, 1))
            return null;
        var name = record.Request.Any("nodegroupName").Text;
        var what = string.Create(CultureInfo.InvariantCulture, $"the EKS node group {Plain.Name(name)} to up to {size} nodes");
        return Attempt.Third(size >= 5L * settings.AutoScalingGroupSize ? VeryLargeWeight : LargeWeight).Finding(record, "raised", "raise", what)
            ?.With("clusterName", record.Request.Any("clusterName").Text ?? record.Request.Any("name").Text)
            .With("nodegroupName", name)
            .With("size", size.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a hundred nodes", EventSources.Eks, "UpdateNodegroupConfig",
            """{"name":"prod","nodegroupName":"general","scalingConfig":{"minSize":100,"maxSize":200,"desiredSize":100}}"""),
        DetectionExample.Ignore("two more nodes", EventSources.Eks, "UpdateNodegroupConfig",
            """{"name":"prod","nodegroupName":"general","scalingConfig":{"desiredSize":6}}"""),
        DetectionExample.Ignore("other labels", EventSources.Eks, "UpdateNodegroupConfig",
            """{"name":"prod","nodegroupName":"general","labels":{"addOrUpdateLabels":{"tier":"web"}}}"""),
    ];
}
