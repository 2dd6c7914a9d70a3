using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Services that rent machines of their own: Batch, EMR, Glue, SageMaker, Lightsail, GameLift.</summary>
public sealed class ServiceChanges : IChangeRules
{
    private const string SageMaker = EventSources.SageMaker;

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Made(EventSources.Batch, "Batch compute environment", "CreateComputeEnvironment") with
        {
            Label = "{name}",
            Values = [Value("name", "request.computeEnvironmentName")],
            Commands =
            [
                "aws batch update-compute-environment --compute-environment {name} --state DISABLED",
                "aws batch describe-job-queues",
                "aws batch delete-compute-environment --compute-environment {name}",
            ],
            Needs = ["batch:UpdateComputeEnvironment", "batch:DescribeJobQueues", "batch:DeleteComputeEnvironment"],
            Note = $"Take it out of the job queues that the second command shows before deleting it. It keeps machines: {EndsByRole("Batch", "its service role")}",
            Example = ("""{"computeEnvironmentName":"w","type":"MANAGED","computeResources":{"maxvCpus":10000}}""", "{}"),
        },
        Enlarged(EventSources.Batch, "Batch compute environment", "UpdateComputeEnvironment") with
        {
            Label = "{name}",
            Values = [Value("name", "request.computeEnvironment")],
            Commands =
            [
                "aws batch describe-compute-environments --compute-environments {name}",
                "aws batch update-compute-environment --compute-environment {name} --compute-resources minvCpus={least-before},maxvCpus={most-before}",
            ],
            Needs = ["batch:DescribeComputeEnvironments", "batch:UpdateComputeEnvironment"],
            Note = "Ask its owner, or look in AWS Config, what it had; cancel the jobs of the incident.",
            Example = ("""{"computeEnvironment":"nightly","computeResources":{"maxvCpus":5000}}""", "{}"),
        },
        Made(EventSources.Emr, "EMR cluster", "RunJobFlow") with
        {
            Label = "{id}",
            Values = [Value("id", "response.jobFlowId")],
            Commands =
            [
                "aws emr modify-cluster-attributes --cluster-id {id} --no-termination-protected", "aws emr terminate-clusters --cluster-ids {id}",
            ],
            Needs = ["elasticmapreduce:SetTerminationProtection", "elasticmapreduce:TerminateJobFlows"],
            Note = $"It keeps machines: {EndsByRole("EMR", "its service role")}",
            Example = ("""{"name":"w"}""", """{"jobFlowId":"j-0A1B2C3D4E5F"}"""),
        },
        Enlarged(EventSources.Emr, "EMR cluster", "AddInstanceGroups", "AddInstanceFleet") with
        {
            Label = "{id}",
            Values = [Value("id", "request.jobFlowId", "request.clusterId")],
            Commands =
            [
                "aws emr describe-cluster --cluster-id {id}",
                "aws emr modify-instance-groups --cluster-id {id} --instance-groups InstanceGroupId={group-new},InstanceCount=0",
            ],
            Needs = ["elasticmapreduce:DescribeCluster", "elasticmapreduce:ModifyInstanceGroups"],
            Note = "For a fleet use modify-instance-fleet with a capacity of 0.",
            Example = ("""{"jobFlowId":"j-0A1B2C3D4E5F","instanceGroups":[{"instanceRole":"TASK","instanceCount":20}]}""", """{"instanceGroupIds":["ig-1"]}"""),
        },
        Made(EventSources.Glue, "Glue job", "CreateJob") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands =
            [
                "aws glue get-job-runs --job-name {name}", "aws glue batch-stop-job-run --job-name {name} --job-run-ids {run-new}", "aws glue delete-job --job-name {name}",
            ],
            Needs = ["glue:GetJobRuns", "glue:BatchStopJobRun", "glue:DeleteJob"],
            Note = "Stop the runs that the first command shows: they run on without the job.",
            Example = ("""{"name":"w","numberOfWorkers":300}""", "{}"),
        },
        Made(EventSources.Glue, "Glue session", "CreateSession") with
        {
            Label = "{id}",
            Values = [Value("id", "request.id")],
            Commands = ["aws glue stop-session --id {id}", "aws glue delete-session --id {id}"],
            Needs = ["glue:StopSession", "glue:DeleteSession"],
            Example = ("""{"id":"s-1","numberOfWorkers":5}""", "{}"),
        },
        Made(EventSources.Glue, "Glue development endpoint", "CreateDevEndpoint") with
        {
            Label = "{name}",
            Values = [Value("name", "request.endpointName")],
            Commands = ["aws glue delete-dev-endpoint --endpoint-name {name}"],
            Needs = ["glue:DeleteDevEndpoint"],
            Note = "It is also a way in, by the key that it was made with.",
            Example = ("""{"endpointName":"w","numberOfNodes":5}""", "{}"),
        },
        Made(SageMaker, "SageMaker notebook", "CreateNotebookInstance") with
        {
            Label = "{name}",
            Values = [Value("name", "request.notebookInstanceName")],
            Commands =
            [
                "aws sagemaker stop-notebook-instance --notebook-instance-name {name}", "aws sagemaker delete-notebook-instance --notebook-instance-name {name}",
            ],
            Needs = ["sagemaker:StopNotebookInstance", "sagemaker:DeleteNotebookInstance"],
            Note = "Deleting works once it has stopped, and takes its disk along: copy what is evidence before.",
            Example = ("""{"notebookInstanceName":"w","instanceType":"ml.g5.12xlarge"}""", "{}"),
        },
        Enlarged(SageMaker, "SageMaker notebook", "UpdateNotebookInstance") with
        {
            Label = "{name}",
            Values = [Value("name", "request.notebookInstanceName")],
            Commands =
            [
                "aws sagemaker stop-notebook-instance --notebook-instance-name {name}",
                "aws sagemaker update-notebook-instance --notebook-instance-name {name} --instance-type {type-before}",
            ],
            Needs = ["sagemaker:StopNotebookInstance", "sagemaker:UpdateNotebookInstance"],
            Note = "Ask its owner, or look in AWS Config, of which type it was.",
            Example = ("""{"notebookInstanceName":"w","instanceType":"ml.p3.8xlarge"}""", "{}"),
        },
        Job("SageMaker training job", "CreateTrainingJob", "trainingJobName", "stop-training-job --training-job-name", "StopTrainingJob"),
        Job("SageMaker processing job", "CreateProcessingJob", "processingJobName", "stop-processing-job --processing-job-name", "StopProcessingJob"),
        Job("SageMaker transform job", "CreateTransformJob", "transformJobName", "stop-transform-job --transform-job-name", "StopTransformJob"),
        Job(
            "SageMaker tuning job", "CreateHyperParameterTuningJob", "hyperParameterTuningJobName",
            "stop-hyper-parameter-tuning-job --hyper-parameter-tuning-job-name", "StopHyperParameterTuningJob"),
        Made(SageMaker, "SageMaker endpoint configuration", "CreateEndpointConfig") with
        {
            Label = "{name}",
            Values = [Value("name", "request.endpointConfigName")],
            Commands =
            [
                "aws sagemaker list-endpoints --sort-by CreationTime --sort-order Descending",
                "aws sagemaker delete-endpoint --endpoint-name {endpoint-new}",
                "aws sagemaker delete-endpoint-config --endpoint-config-name {name}",
            ],
            Needs = ["sagemaker:ListEndpoints", "sagemaker:DeleteEndpoint", "sagemaker:DeleteEndpointConfig"],
            Note = "Its endpoints are what runs: delete those that were made from it.",
            Example = ("""{"endpointConfigName":"w"}""", "{}"),
        },
        Made(SageMaker, "SageMaker cluster", "CreateCluster") with
        {
            Label = "{name}",
            Values = [Value("name", "request.clusterName")],
            Commands = ["aws sagemaker delete-cluster --cluster-name {name}"],
            Needs = ["sagemaker:DeleteCluster"],
            Example = ("""{"ClusterName":"w"}""", "{}"),
        },
        Enlarged(SageMaker, "SageMaker cluster", "UpdateCluster") with
        {
            Label = "{name}",
            Values = [Value("name", "request.clusterName")],
            Commands = ["aws sagemaker describe-cluster --cluster-name {name}"],
            Needs = ["sagemaker:DescribeCluster"],
            Note = "Update it back to the instance groups that it had: ask its owner, or look in AWS Config.",
            Example = ("""{"clusterName":"w"}""", "{}"),
        },
        Made(SageMaker, "SageMaker Studio app", "CreateApp") with
        {
            Label = "{name}",
            Values =
            [
                Value("domain", "request.domainId"), Value("profile", "request.userProfileName"), Value("type", "request.appType"), Value("name", "request.appName"),
            ],
            Commands = ["aws sagemaker delete-app --domain-id {domain} --user-profile-name {profile} --app-type {type} --app-name {name}"],
            Needs = ["sagemaker:DeleteApp"],
            Note = "An app of a space is named by --space-name in place of --user-profile-name.",
            Example = ("""{"domainId":"d-0a1b2c3d","userProfileName":"u","appType":"JupyterLab","appName":"default"}""", "{}"),
        },
        Made(SageMaker, "start-up script of SageMaker notebooks", "CreateNotebookInstanceLifecycleConfig") with
        {
            Label = "{name}",
            Values = [Value("name", "request.notebookInstanceLifecycleConfigName")],
            Commands =
            [
                "aws sagemaker describe-notebook-instance-lifecycle-config --notebook-instance-lifecycle-config-name {name}",
                "aws sagemaker delete-notebook-instance-lifecycle-config --notebook-instance-lifecycle-config-name {name}",
            ],
            Needs = ["sagemaker:DescribeNotebookInstanceLifecycleConfig", "sagemaker:DeleteNotebookInstanceLifecycleConfig"],
            Note = "Keep what the first command shows: it is evidence.",
            Example = ("""{"notebookInstanceLifecycleConfigName":"w"}""", "{}"),
        },
        Made(SageMaker, "start-up script of SageMaker Studio", "CreateStudioLifecycleConfig") with
        {
            Label = "{name}",
            Values = [Value("name", "request.studioLifecycleConfigName")],
            Commands =
            [
                "aws sagemaker describe-studio-lifecycle-config --studio-lifecycle-config-name {name}",
                "aws sagemaker delete-studio-lifecycle-config --studio-lifecycle-config-name {name}",
            ],
            Needs = ["sagemaker:DescribeStudioLifecycleConfig", "sagemaker:DeleteStudioLifecycleConfig"],
            Note = "Keep what the first command shows: it is evidence.",
            Example = ("""{"studioLifecycleConfigName":"w"}""", "{}"),
        },
        Made(EventSources.Lightsail, "Lightsail instance", "CreateInstances", "CreateInstancesFromSnapshot") with
        {
            Label = "{name}",
            Values = [Value("name", "request.instanceNames[]")],
            Commands = ["aws lightsail delete-instance --instance-name {name}"],
            Needs = ["lightsail:DeleteInstance"],
            Note = "A stopped one is still paid for.",
            Example = ("""{"instanceNames":["a","b"],"bundleId":"2xlarge_3_0"}""", "{}"),
        },
        Made(EventSources.GameLift, "GameLift fleet", "CreateFleet") with
        {
            Label = "{id}",
            Values = [Value("id", "response.fleetAttributes.fleetId")],
            Commands = ["aws gamelift update-fleet-capacity --fleet-id {id} --desired-instances 0 --min-size 0", "aws gamelift delete-fleet --fleet-id {id}"],
            Needs = ["gamelift:UpdateFleetCapacity", "gamelift:DeleteFleet"],
            Example = ("""{"name":"w"}""", """{"fleetAttributes":{"fleetId":"fleet-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}}"""),
        },
        Made(EventSources.GameLift, "GameLift container fleet", "CreateContainerFleet") with
        {
            Label = "{id}",
            Values = [Value("id", "response.containerFleet.fleetId")],
            Commands = ["aws gamelift delete-container-fleet --fleet-id {id}"],
            Needs = ["gamelift:DeleteContainerFleet"],
            Example = ("""{"instanceType":"c5.24xlarge"}""", """{"containerFleet":{"fleetId":"containerfleet-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}}"""),
        },
    ];

    private static ChangeRule Job(string what, string call, string member, string command, string permission) => Made(SageMaker, what, call) with
    {
        Label = "{name}",
        Values = [Value("name", $"request.{member}")],
        Commands = [$"aws sagemaker {command} {{name}}"],
        Needs = [$"sagemaker:{permission}"],
        Example = ($$"""{"{{member}}":"w"}""", "{}"),
    };
}
