using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Batch;

/// <summary>A compute environment changed so that it may launch very many or accelerated instances.</summary>
public sealed class ComputeEnvironmentEnlarged : IConfiguredDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "batch.compute-environment-enlarged",
        Title = "AWS Batch compute environment raised to very many vCPUs or to accelerated hardware",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ModifyComputeConfigurations, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Batch, "UpdateComputeEnvironment")],
        Why = "An environment that is there already can be made large: no role is needed for it, and its name is trusted.",
        BenignCauses = ["A research team before a large run", "Infrastructure as code that sends all settings each time"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var capacity = EnvironmentCapacity.Of(record.Request, settings);
        if (capacity.Weight == 0)
            return null;
        var name = record.Request.Any("computeEnvironment").Text;
        var what = $"the Batch compute environment {Plain.Name(name)} to one{capacity.Description}";
        return Attempt.Third(capacity.Weight).Finding(record, "changed", "change", what) is { } finding
            ? capacity.AddTo(finding).With("computeEnvironment", name)
            : null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("thousands of vCPUs", EventSources.Batch, "UpdateComputeEnvironment",
            """{"computeEnvironment":"nightly","computeResources":{"maxvCpus":5000}}"""),
        DetectionExample.Match("graphics cards", EventSources.Batch, "UpdateComputeEnvironment",
            """{"computeEnvironment":"nightly","computeResources":{"instanceTypes":["g5"]}}"""),
        DetectionExample.Ignore("a little more", EventSources.Batch, "UpdateComputeEnvironment",
            """{"computeEnvironment":"nightly","computeResources":{"maxvCpus":256}}"""),
        DetectionExample.Ignore("switched off", EventSources.Batch, "UpdateComputeEnvironment", """{"computeEnvironment":"nightly","state":"DISABLED"}"""),
    ];
}
