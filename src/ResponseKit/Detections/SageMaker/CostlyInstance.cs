using System.Collections.Immutable;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.SageMaker;

/// <summary>Accelerated, very large or many machines asked of SageMaker AI: for notebooks, jobs, endpoints or clusters.</summary>
public sealed class CostlyInstance : IConfiguredDetection
{
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 2);

    internal static readonly string[] Calls =
    [
        "CreateNotebookInstance", "CreateTrainingJob", "CreateProcessingJob", "CreateTransformJob", "CreateHyperParameterTuningJob", "CreateEndpointConfig",
        "CreateCluster", "CreateApp", "UpdateNotebookInstance", "UpdateCluster",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "sagemaker.costly-instance",
        Title = "Accelerated, very large or many SageMaker instances requested",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ComputeHijacking, Techniques.CloudServiceHijacking],
        Selectors = [Selector.Writes(EventSources.SageMaker, Calls)],
        Why = "SageMaker rents the same graphics cards as EC2, from a quota of its own and where nobody looks for miners.",
        BenignCauses = ["Data scientists at their daily work", "A pipeline that trains a model anew", "A deployment of a model"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var call = Plain.Name(record.EventName);
        if (!record.Request.IsPresent)
            return Unrecorded.Finding(record, "requested", "request", $"machines with SageMaker's {call}");
        if (Machines.Cost(Groups(record.Request), settings) is not { } cost)
            return null;
        // Accelerated machines are what this service is for, so they weigh three fifths of what they weigh elsewhere.
        return Attempt.Third(cost.Weight * 3 / 5).Finding(record, "requested", "request", $"{cost.Description} with SageMaker's {call}")
            ?.AllowedBy(cost.Allowed)
            .With("eventName", record.EventName);
    }

    // Where each of the calls says which machines it wants. A call has only some of these.
    internal static IEnumerable<LaunchOrder> Groups(Field request)
    {
        Field[] tuned = [request.Any("trainingJobDefinition"), .. request.Any("trainingJobDefinitions").List];
        Field[] single =
        [
            request, request.Any("resourceSpec"), request.Any("transformResources"), request.Any("processingResources").Any("clusterConfig"),
            request.Any("resourceConfig"), .. tuned.Select(job => job.Any("resourceConfig")),
        ];
        string[] lists = ["instanceGroups", "restrictedInstanceGroups", "productionVariants", "shadowProductionVariants"];
        return single.Concat(single.SelectMany(holder => lists.SelectMany(list => holder.Any(list).List))).Select(Group);
    }

    private static LaunchOrder Group(Field machines)
    {
        var count = machines.Any("instanceCount");
        return Machines.Group(machines.Any("instanceType"), count.IsPresent ? count : machines.Any("initialInstanceCount"));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a notebook with a graphics card", EventSources.SageMaker, "CreateNotebookInstance",
            """{"notebookInstanceName":"w","instanceType":"ml.g5.12xlarge","roleArn":"arn:aws:iam::111122223333:role/sm"}"""),
        DetectionExample.Match("a training job on many machines", EventSources.SageMaker, "CreateTrainingJob",
            """{"trainingJobName":"w","resourceConfig":{"instanceType":"ml.c5.large","instanceCount":20,"volumeSizeInGB":30}}"""),
        DetectionExample.Match("a training job with groups of machines", EventSources.SageMaker, "CreateTrainingJob",
            """
            {"trainingJobName":"w","resourceConfig":{"instanceGroups":[{"instanceType":"ml.m5.large","instanceCount":1},
            {"instanceType":"ml.p4d.24xlarge","instanceCount":2}]}}
            """),
        DetectionExample.Match("a processing job", EventSources.SageMaker, "CreateProcessingJob",
            """{"processingJobName":"w","processingResources":{"clusterConfig":{"instanceType":"ml.m5.24xlarge","instanceCount":2}}}"""),
        DetectionExample.Match("a transform job", EventSources.SageMaker, "CreateTransformJob",
            """{"transformJobName":"w","transformResources":{"instanceType":"ml.g4dn.xlarge","instanceCount":1}}"""),
        DetectionExample.Match("a tuning job", EventSources.SageMaker, "CreateHyperParameterTuningJob",
            """{"hyperParameterTuningJobName":"w","trainingJobDefinition":{"resourceConfig":{"instanceType":"ml.p3.2xlarge","instanceCount":1}}}"""),
        DetectionExample.Match("an endpoint", EventSources.SageMaker, "CreateEndpointConfig",
            """{"endpointConfigName":"w","productionVariants":[{"instanceType":"ml.g5.xlarge","initialInstanceCount":4}]}"""),
        DetectionExample.Match("a cluster, its parameters in the API's own spelling", EventSources.SageMaker, "CreateCluster",
            """{"ClusterName":"w","InstanceGroups":[{"InstanceType":"ml.trn1.32xlarge","InstanceCount":8}]}"""),
        DetectionExample.Match("a Studio app", EventSources.SageMaker, "CreateApp", """{"appType":"JupyterLab","resourceSpec":{"instanceType":"ml.g5.2xlarge"}}"""),
        DetectionExample.Match("a notebook made large", EventSources.SageMaker, "UpdateNotebookInstance",
            """{"notebookInstanceName":"w","instanceType":"ml.p3.8xlarge"}"""),
        DetectionExample.Match("a cluster made large", EventSources.SageMaker, "UpdateCluster",
            """{"clusterName":"w","instanceGroups":[{"instanceType":"ml.c5.xlarge","instanceCount":40}]}"""),
        DetectionExample.Match("a training job beyond the quota", EventSources.SageMaker, "CreateTrainingJob",
            """{"trainingJobName":"w","resourceConfig":{"instanceType":"ml.p5.48xlarge","instanceCount":4}}""", "ResourceLimitExceeded"),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.SageMaker, "CreateNotebookInstance", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a small notebook", EventSources.SageMaker, "CreateNotebookInstance", """{"notebookInstanceName":"w","instanceType":"ml.t3.medium"}"""),
        DetectionExample.Ignore("a serverless endpoint", EventSources.SageMaker, "CreateEndpointConfig",
            """{"endpointConfigName":"w","productionVariants":[{"serverlessConfig":{"memorySizeInMB":2048,"maxConcurrency":5}}]}"""),
    ];
}
