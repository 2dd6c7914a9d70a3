using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.SageMaker;

/// <summary>Machines asked of SageMaker AI, whatever they are: what they cost is added up.</summary>
public sealed class MachinesRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "sagemaker.machines-running",
        Title = "SageMaker instances run, at their price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ComputeHijacking, Techniques.CloudServiceHijacking],
        Selectors = [Selector.Writes(EventSources.SageMaker, CostlyInstance.Calls)],
        Why = "Ten notebooks of one graphics card each cost as much as one of ten. It weighs nothing by itself.",
        BenignCauses = ["Everybody who works with SageMaker"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!Amounts.Counts(record))
            return null;
        var request = record.Request;
        var (usd, isEstimated, count) = (0m, false, 0L);
        foreach (var group in CostlyInstance.Groups(request).Where(group => group.Types.Length > 0).Take(200))
        {
            if (ServicePrices.Machine(group.Types[0], ServicePrices.SageMaker, out var estimated) is not { } price)
                continue;
            (usd, isEstimated, count) = (usd + (price * group.Count), isEstimated | estimated, count + group.Count);
        }

        return count == 0 ? null : Of(record, Math.Min(usd * AtOnce(request), 10_000_000m), isEstimated, count);
    }

    private static Finding Of(CloudTrailRecord record, decimal usd, bool isEstimated, long count)
    {
        var request = record.Request;
        var cost = record.EventName switch
        {
            // A configuration runs nothing by itself. A job ends by itself, and no record says how many run at once: what it may cost is shown, and decides nothing.
            "CreateEndpointConfig" or "CreateTrainingJob" or "CreateProcessingJob" or "CreateTransformJob" or "CreateHyperParameterTuningJob" => new Cost(0) { MostUsdPerHour = usd },
            "CreateCluster" or "UpdateCluster" => new Cost(usd) { Sets = Amounts.Thing(record, "sagemaker-cluster", request.Any("clusterName").Text) },
            "CreateNotebookInstance" or "UpdateNotebookInstance" => new Cost(usd) { Sets = Amounts.Thing(record, "notebook", request.Any("notebookInstanceName").Text) },
            _ => new Cost(usd),
        };
        return new Finding(0, $"asked SageMaker for {Amounts.Text(count, "instance")}, {Dollars.AnHour(usd)}") { Cost = cost with { IsEstimated = isEstimated } };
    }

    // A tuning job runs several training jobs side by side.
    private static long AtOnce(Field request) =>
        Math.Max(1, Amounts.Of(request.Any("hyperParameterTuningJobConfig").Any("resourceLimits").Any("maxParallelTrainingJobs"), 1));

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a small notebook", EventSources.SageMaker, "CreateNotebookInstance", """{"notebookInstanceName":"w","instanceType":"ml.t3.medium"}"""),
        DetectionExample.Match("a notebook made larger", EventSources.SageMaker, "UpdateNotebookInstance", """{"notebookInstanceName":"w","instanceType":"ml.g5.12xlarge"}"""),
        DetectionExample.Match("a training job", EventSources.SageMaker, "CreateTrainingJob", """{"trainingJobName":"w","resourceConfig":{"instanceType":"ml.g5.xlarge","instanceCount":4}}"""),
        DetectionExample.Match("a processing job", EventSources.SageMaker, "CreateProcessingJob",
            """{"processingJobName":"w","processingResources":{"clusterConfig":{"instanceType":"ml.m5.large","instanceCount":2}}}"""),
        DetectionExample.Match("a transform job", EventSources.SageMaker, "CreateTransformJob", """{"transformJobName":"w","transformResources":{"instanceType":"ml.m5.large","instanceCount":1}}"""),
        DetectionExample.Match("a tuning job, of which several run at once", EventSources.SageMaker, "CreateHyperParameterTuningJob",
            """
            {"hyperParameterTuningJobName":"w","hyperParameterTuningJobConfig":{"resourceLimits":{"maxParallelTrainingJobs":10}},
            "trainingJobDefinition":{"resourceConfig":{"instanceType":"ml.p3.2xlarge","instanceCount":1}}}
            """),
        DetectionExample.Match("the configuration of an endpoint, which may be put up", EventSources.SageMaker, "CreateEndpointConfig",
            """{"endpointConfigName":"w","productionVariants":[{"instanceType":"ml.g5.xlarge","initialInstanceCount":4}]}"""),
        DetectionExample.Match("a cluster", EventSources.SageMaker, "CreateCluster", """{"clusterName":"w","instanceGroups":[{"instanceType":"ml.c5.xlarge","instanceCount":2}]}"""),
        DetectionExample.Match("a cluster made larger", EventSources.SageMaker, "UpdateCluster", """{"clusterName":"w","instanceGroups":[{"instanceType":"ml.c5.xlarge","instanceCount":9}]}"""),
        DetectionExample.Match("a Studio app", EventSources.SageMaker, "CreateApp", """{"appType":"JupyterLab","resourceSpec":{"instanceType":"ml.t3.medium"}}"""),
        DetectionExample.Ignore("a serverless endpoint", EventSources.SageMaker, "CreateEndpointConfig",
            """{"endpointConfigName":"w","productionVariants":[{"serverlessConfig":{"memorySizeInMB":2048,"maxConcurrency":5}}]}"""),
        DetectionExample.Ignore("a refused call", EventSources.SageMaker, "CreateNotebookInstance", """{"instanceType":"ml.p3.16xlarge"}""", "AccessDeniedException"),
        DetectionExample.Ignore("a job beyond the quota", EventSources.SageMaker, "CreateTrainingJob",
            """{"trainingJobName":"w","resourceConfig":{"instanceType":"ml.p5.48xlarge","instanceCount":4}}""", "ResourceLimitExceeded"),
    ];
}
