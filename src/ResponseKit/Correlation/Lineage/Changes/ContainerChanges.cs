using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>ECS, EKS, App Runner, and what builds and runs code.</summary>
public sealed class ContainerChanges : IChangeRules
{
    private const string Ecs = EventSources.Ecs;

    private static readonly ChangeValue ServiceArn = Value("arn", "response.service.serviceArn");

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Made(Ecs, "ECS cluster", "CreateCluster") with
        {
            Actions = ["ecs.tear-down-cluster"],
            Example = ("""{"clusterName":"c"}""", """{"cluster":{"clusterArn":"arn:aws:ecs:us-east-1:111122223333:cluster/c"}}"""),
        },
        Made(Ecs, "ECS service", "CreateService") with
        {
            Label = "{arn}",
            Values = [ServiceArn, Value("cluster", "response.service.clusterArn", "request.cluster"), Value("service", "response.service.serviceName", "request.serviceName")],
            About = (ResourceKind.EcsService, "{arn}"),
            Commands = ["aws ecs delete-service --cluster {cluster} --service {service} --force"],
            Needs = ["ecs:DeleteService"],
            Note = "Its tasks stop with it.",
            Example = (
                """{"cluster":"prod","serviceName":"w","desiredCount":50}""",
                """
                {"service":{"serviceArn":"arn:aws:ecs:us-east-1:111122223333:service/prod/w","serviceName":"w","clusterArn":"arn:aws:ecs:us-east-1:111122223333:cluster/prod"}}
                """),
        },
        Made(Ecs, "ECS Express service", "CreateExpressGatewayService") with
        {
            Label = "{arn}",
            Values = [ServiceArn],
            // Also in a cluster of the actor's, which cannot be torn down while there is one.
            Commands = ["aws ecs delete-express-gateway-service --service-arn {arn}"],
            Needs = ["ecs:DeleteExpressGatewayService"],
            Note = $"Its tasks, load balancer and scaling go with it, and DeleteService refuses such a service. {EndsByRole("ECS", "the infrastructure role")}",
            Example = ("""{"serviceName":"w"}""", """{"service":{"serviceArn":"arn:aws:ecs:us-east-1:111122223333:service/default/w"}}"""),
        },
        Enlarged(Ecs, "ECS service", "UpdateService") with
        {
            Label = "{arn}",
            Values = [ServiceArn, Value("cluster", "response.service.clusterArn", "request.cluster"), Value("service", "response.service.serviceName", "request.service")],
            About = (ResourceKind.EcsService, "{arn}"),
            Commands =
            [
                "aws ecs describe-services --cluster {cluster} --services {service}",
                "aws ecs update-service --cluster {cluster} --service {service} --desired-count {count-before} --task-definition {definition-before}",
            ],
            Needs = ["ecs:DescribeServices", "ecs:UpdateService", "iam:PassRole"],
            Note = "The events and deployments that the first command shows tell what the service ran before, and how often.",
            Example = (
                """{"cluster":"prod","service":"web","desiredCount":50}""",
                """
                {"service":{"serviceArn":"arn:aws:ecs:us-east-1:111122223333:service/prod/web","serviceName":"web","clusterArn":"arn:aws:ecs:us-east-1:111122223333:cluster/prod"}}
                """),
        },
        Made(Ecs, "ECS task", "RunTask", "StartTask") with
        {
            Label = "{task}",
            Values = [Value("task", "response.tasks[].taskArn"), Value("cluster", "request.cluster", "response.tasks.clusterArn")],
            About = (ResourceKind.EcsTask, "{task}"),
            Commands = ["aws ecs stop-task --cluster {cluster} --task {task}"],
            Needs = ["ecs:StopTask"],
            Example = ("""{"cluster":"prod","taskDefinition":"w:1"}""", """{"tasks":[{"taskArn":"arn:aws:ecs:us-east-1:111122223333:task/prod/0a1b2c3d4e5f"}]}"""),
        },
        Made(Ecs, "ECS task definition", "RegisterTaskDefinition") with
        {
            Label = "{arn}",
            Values = [Value("arn", "response.taskDefinition.taskDefinitionArn")],
            About = (ResourceKind.EcsTaskDefinition, "{arn}"),
            Commands = ["aws ecs describe-task-definition --task-definition {arn}", "aws ecs deregister-task-definition --task-definition {arn}"],
            Needs = ["ecs:DescribeTaskDefinition", "ecs:DeregisterTaskDefinition"],
            Note = "Keep what the first command shows: it names the image and the command. It costs nothing by itself.",
            Example = ("{}", """{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:us-east-1:111122223333:task-definition/w:1"}}"""),
        },
        Made(Ecs, "ECS capacity provider", "CreateCapacityProvider") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name", "response.capacityProvider.name")],
            Commands = ["aws ecs describe-capacity-providers --capacity-providers {name}", "aws ecs delete-capacity-provider --capacity-provider {name}"],
            Needs = ["ecs:DescribeCapacityProviders", "ecs:DeleteCapacityProvider"],
            Note = $"It keeps machines running for whatever uses it: delete services and tasks first. Managed instances: {EndsByRole("ECS", "the infrastructure role")}",
            Example = ("""{"name":"spare","managedInstancesProvider":{}}""", "{}"),
        },
        Made(EventSources.Eks, "EKS cluster", "CreateCluster") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands =
            [
                "aws eks list-nodegroups --cluster-name {name}", "aws eks list-fargate-profiles --cluster-name {name}", "aws eks delete-cluster --name {name}",
            ],
            Needs = ["eks:ListNodegroups", "eks:ListFargateProfiles", "eks:DeleteCluster"],
            Note = "Delete its node groups and Fargate profiles first: deleting the cluster fails while there are any. Nodes of Auto Mode end with the cluster: "
                + EndsByRole("EKS", "the cluster's role"),
            Example = ("""{"name":"w","roleArn":"arn:aws:iam::111122223333:role/eks"}""", "{}"),
        },
        Made(EventSources.Eks, "EKS node group", "CreateNodegroup") with
        {
            Label = "{cluster}/{group}",
            Values = [Value("cluster", "request.clusterName", "request.name"), Value("group", "request.nodegroupName")],
            Commands = ["aws eks delete-nodegroup --cluster-name {cluster} --nodegroup-name {group}"],
            Needs = ["eks:DeleteNodegroup"],
            Note = "What is terminated in it comes back until the node group is deleted.",
            Example = ("""{"name":"prod","nodegroupName":"w"}""", "{}"),
        },
        Enlarged(EventSources.Eks, "EKS node group", "UpdateNodegroupConfig") with
        {
            Label = "{cluster}/{group}",
            Values = [Value("cluster", "request.clusterName", "request.name"), Value("group", "request.nodegroupName")],
            Commands =
            [
                "aws eks describe-nodegroup --cluster-name {cluster} --nodegroup-name {group}",
                "aws eks update-nodegroup-config --cluster-name {cluster} --nodegroup-name {group} --scaling-config minSize={least-before},maxSize={most-before},desiredSize={desired-before}",
            ],
            Needs = ["eks:DescribeNodegroup", "eks:UpdateNodegroupConfig"],
            Note = "The scaling activities of the Auto Scaling group that the first command names tell how many nodes it had.",
            Example = ("""{"name":"prod","nodegroupName":"general","scalingConfig":{"maxSize":100}}""", "{}"),
        },
        Made(EventSources.AppRunner, "App Runner service", "CreateService") with
        {
            Label = "{arn}",
            Values = [Value("arn", "response.service.serviceArn")],
            Commands = ["aws apprunner delete-service --service-arn {arn}"],
            Needs = ["apprunner:DeleteService"],
            Example = ("""{"serviceName":"w"}""", """{"service":{"serviceArn":"arn:aws:apprunner:us-east-1:111122223333:service/w/0a1b2c3d"}}"""),
        },
        Made(EventSources.Amplify, "Amplify app", "CreateApp") with
        {
            Label = "{id}",
            Values = [Value("id", "response.app.appId")],
            Commands = ["aws amplify delete-app --app-id {id}"],
            Needs = ["amplify:DeleteApp"],
            Note = "Its builds stop with it.",
            Example = ("""{"name":"w"}""", """{"app":{"appId":"d1a2b3c4d5e6f7"}}"""),
        },
        Made(EventSources.CodeBuild, "CodeBuild project", "CreateProject") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands = ["aws codebuild list-builds-for-project --project-name {name}", "aws codebuild delete-project --name {name}"],
            Needs = ["codebuild:ListBuildsForProject", "codebuild:DeleteProject"],
            Note = "Stop the builds that the first command lists: they run on without the project.",
            Example = ("""{"name":"w"}""", "{}"),
        },
        Altered(EventSources.CodeBuild, "CodeBuild project", "UpdateProject") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands =
            [
                "aws codebuild batch-get-projects --names {name}",
                "aws codebuild list-builds-for-project --project-name {name}",
            ],
            Needs = ["codebuild:BatchGetProjects", "codebuild:ListBuildsForProject"],
            Note = "Put back what it builds and as whom, from the repository that describes it or from AWS Config; stop its builds.",
            Example = ("""{"name":"web","buildspec":"x"}""", "{}"),
        },
        Made(EventSources.CodeBuild, "CodeBuild build", "StartBuild") with
        {
            Label = "{id}",
            Values = [Value("id", "response.build.id")],
            Commands = ["aws codebuild stop-build --id {id}"],
            Needs = ["codebuild:StopBuild"],
            Example = ("""{"projectName":"web"}""", """{"build":{"id":"web:0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}}"""),
        },
        Made(EventSources.CodeBuild, "CodeBuild batch of builds", "StartBuildBatch") with
        {
            Label = "{id}",
            Values = [Value("id", "response.buildBatch.id")],
            Commands = ["aws codebuild stop-build-batch --id {id}"],
            Needs = ["codebuild:StopBuildBatch"],
            Example = ("""{"projectName":"web"}""", """{"buildBatch":{"id":"web:0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}}"""),
        },
        Made(EventSources.CodeBuild, "CodeBuild fleet", "CreateFleet") with
        {
            Label = "{arn}",
            Values = [Value("arn", "response.fleet.arn")],
            Commands = ["aws codebuild delete-fleet --arn {arn}"],
            Needs = ["codebuild:DeleteFleet"],
            Note = "Its machines are paid for until it is deleted.",
            Example = ("""{"name":"w","baseCapacity":10}""", """{"fleet":{"arn":"arn:aws:codebuild:us-east-1:111122223333:fleet/w:0a1b2c3d"}}"""),
        },
    ];
}
