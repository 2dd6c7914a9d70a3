using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Batch;

/// <summary>An AWS Batch compute environment, which launches instances as jobs ask for them.</summary>
public sealed class ComputeEnvironmentCreated : IConfiguredDetection
{
    private const int OrdinaryWeight = 3;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "batch.compute-environment-created",
        Title = "AWS Batch compute environment created",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Batch, "CreateComputeEnvironment")],
        Why = "Batch launches whatever its jobs ask for, with a service role of its own, and launches again when instances are terminated.",
        BenignCauses =
        [
            "Infrastructure as code for data or simulation jobs", "Nextflow, Cromwell and other workflow tools",
            "A research team's large or accelerated environment",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var capacity = EnvironmentCapacity.Of(record.Request, settings);
        var name = record.Request.Any("computeEnvironmentName").Text;
        var what = (name is null ? "a Batch compute environment" : $"the Batch compute environment {Plain.Name(name)}") + capacity.Description;
        return Attempt.Third(OrdinaryWeight + capacity.Weight).Finding(record, "created", "create", what) is { } finding
            ? capacity.AddTo(finding).With("computeEnvironment", name)
            : null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an ordinary environment", EventSources.Batch, "CreateComputeEnvironment",
            """
            {"computeEnvironmentName":"nightly","type":"MANAGED","state":"ENABLED","computeResources":{"type":"EC2","minvCpus":0,"desiredvCpus":0,
            "maxvCpus":128,"instanceTypes":["optimal"],"instanceRole":"ecsInstanceRole"}}
            """),
        DetectionExample.Match("thousands of vCPUs", EventSources.Batch, "CreateComputeEnvironment",
            """{"computeEnvironmentName":"w","type":"MANAGED","computeResources":{"type":"SPOT","maxvCpus":10000,"instanceTypes":["c5"]}}"""),
        DetectionExample.Match("graphics cards, by type and by family", EventSources.Batch, "CreateComputeEnvironment",
            """{"computeEnvironmentName":"w","type":"MANAGED","computeResources":{"type":"EC2","maxvCpus":256,"instanceTypes":["g5","p3.8xlarge"]}}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Batch, "CreateComputeEnvironment", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a small environment that already exists", EventSources.Batch, "CreateComputeEnvironment",
            """{"computeEnvironmentName":"nightly","type":"MANAGED","computeResources":{"type":"FARGATE","maxvCpus":16}}""", "ClientException"),
    ];
}
