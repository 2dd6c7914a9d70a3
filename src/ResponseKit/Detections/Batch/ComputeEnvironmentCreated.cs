using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Batch;

/// <summary>An AWS Batch compute environment, which launches instances as jobs ask for them.</summary>
public sealed class ComputeEnvironmentCreated : IDetection
{
    private const int Weight = 3;
    private const int AcceleratedWeight = 17;
    private const int LargeWeight = 10;
    private const int VeryLargeWeight = 20;

    // The console proposes 256 vCPUs, so a limit is remarkable from sixteen remarkable instances on.
    private const long LargeFactor = 16;

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
        var resources = record.Request.Any("computeResources");
        string[] types = [.. resources.Any("instanceTypes").List.Select(type => type.Text).OfType<string>().Take(200)];
        var accelerated = types.Length > 0
            && Array.TrueForAll(types, type => InstanceTypes.IsAccelerated(WithSize(type)))
            && !Array.TrueForAll(types, type => InstanceTypes.IsApproved(WithSize(type), settings));
        var vcpus = resources.Any("maxvCpus").Number ?? record.Request.Any("unmanagedvCpus").Number;
        var large = LargeFactor * Math.Max(settings.LaunchVcpus, 1);
        var weight = Weight + (accelerated ? AcceleratedWeight : 0) + (vcpus >= 4 * large ? VeryLargeWeight : vcpus >= large ? LargeWeight : 0);

        var name = record.Request.Any("computeEnvironmentName").Text;
        var what = (name is null ? "a Batch compute environment" : $"the Batch compute environment {Plain.Name(name)}")
            + (vcpus is null ? "" : string.Create(CultureInfo.InvariantCulture, $" of up to {vcpus} vCPUs"))
            + (accelerated ? " (accelerated hardware)" : "");
        return Attempt.Third(weight).Finding(record, "created", "create", what)
            ?.With("computeEnvironmentName", name)
            .With("instanceTypes", types.Length == 0 ? null : string.Join(", ", types))
            .With("maxvCpus", vcpus?.ToString(CultureInfo.InvariantCulture));
    }

    // Batch also takes a whole family: "g5".
    private static string WithSize(string type) => type.Contains('.') ? type : type + ".";

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples { get; } =
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
