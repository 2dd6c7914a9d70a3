using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Batch;

/// <summary>The size of Batch's compute environments, whatever it is: what it costs is added up. What Batch launches for it does not count again.</summary>
public sealed class MachinesRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "batch.machines-running",
        Title = "Batch compute environment sized, at its price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Batch, "CreateComputeEnvironment", "UpdateComputeEnvironment")],
        Why = "An environment runs what it is told to have ready, and grows to its maximum with its jobs. It weighs nothing by itself.",
        BenignCauses = ["Everybody who runs Batch"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var resources = record.Request.Any("computeResources");
        if (!Amounts.Counts(record) || !resources.IsPresent)
            return null;
        var runs = Math.Max(Amounts.Of(resources.Any("minvCpus"), 0), Amounts.Of(resources.Any("desiredvCpus"), 0));
        var most = Math.Max(Amounts.Of(resources.Any("maxvCpus"), 0), runs);
        if (most == 0)
            return null;
        var types = resources.Any("instanceTypes").List.Select(type => type.Text).OfType<string>().Take(200).ToList();
        var isFargate = resources.Any("type").Text?.StartsWith("FARGATE", StringComparison.OrdinalIgnoreCase) is true;
        var vcpu = isFargate ? Prices.Task(1024, null) : ServicePrices.VcpuOf(types);
        var name = record.Request.Any("computeEnvironmentName").Text ?? record.Request.Any("computeEnvironment").Text;
        return new Finding(0, string.Create(CultureInfo.InvariantCulture, $"set the Batch compute environment {Plain.Name(name)} to {runs} vCPUs, at most {most}"))
        {
            Cost = new Cost(vcpu * runs) { MostUsdPerHour = vcpu * most, IsEstimated = !isFargate, Sets = Amounts.Thing(record, "environment", Short(name)) },
        };
    }

    // An update may name it by its ARN.
    private static string? Short(string? name) => name?[(name.LastIndexOf('/') + 1)..];

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an environment that waits for jobs", EventSources.Batch, "CreateComputeEnvironment",
            """{"computeEnvironmentName":"nightly","computeResources":{"type":"EC2","minvCpus":0,"maxvCpus":128,"instanceTypes":["optimal"]}}"""),
        DetectionExample.Match("graphics cards that are kept ready", EventSources.Batch, "CreateComputeEnvironment",
            """{"computeEnvironmentName":"w","computeResources":{"type":"SPOT","minvCpus":192,"maxvCpus":768,"instanceTypes":["g5"]}}"""),
        DetectionExample.Match("Fargate", EventSources.Batch, "UpdateComputeEnvironment",
            """{"computeEnvironment":"arn:aws:batch:us-east-1:111122223333:compute-environment/f","computeResources":{"type":"FARGATE","maxvCpus":512}}"""),
        DetectionExample.Ignore("switched off", EventSources.Batch, "UpdateComputeEnvironment", """{"computeEnvironment":"nightly","state":"DISABLED"}"""),
        DetectionExample.Ignore("a refused call", EventSources.Batch, "CreateComputeEnvironment", """{"computeResources":{"maxvCpus":10000}}""", "AccessDenied"),
    ];
}
