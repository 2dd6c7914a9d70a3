using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Calls;

/// <summary>ECS's calls in one region. A task definition's size is text, in CPU units and MiB.</summary>
internal sealed class EcsCalls(Stage stage, string region)
{
    private string Arn(string resource) => $"arn:aws:ecs:{region}:{stage.Account}:{resource}";

    private Call Write(string name, object request, object? response) => new("ecs", name, region, request, response);

    public Call Read(string name, object? request = null) => Call.Read("ecs", name, region, request);

    public Call CreateCluster(string name, bool fargate = true) => Write(
        "CreateCluster",
        new { clusterName = name, capacityProviders = fargate ? new[] { "FARGATE", "FARGATE_SPOT" } : null },
        new
        {
            cluster = new
            {
                clusterArn = Arn($"cluster/{name}"),
                clusterName = name,
                status = "ACTIVE",
                registeredContainerInstancesCount = 0,
                runningTasksCount = 0,
                pendingTasksCount = 0,
                activeServicesCount = 0,
                statistics = Array.Empty<object>(),
                tags = Array.Empty<object>(),
            },
        });

    public Call RegisterTaskDefinition(string family, string image, string cpu, string memory, int revision = 1, IamRole? role = null)
    {
        var containers = new[] { new { name = family, image, cpu = 0, essential = true, portMappings = Array.Empty<object>(), environment = Array.Empty<object>() } };
        string[] kinds = ["FARGATE"];
        return Write(
            "RegisterTaskDefinition",
            new
            {
                family,
                networkMode = "awsvpc",
                cpu,
                memory,
                requiresCompatibilities = kinds,
                containerDefinitions = containers,
                taskRoleArn = role?.Arn,
                executionRoleArn = role?.Arn,
            },
            new
            {
                taskDefinition = new
                {
                    taskDefinitionArn = Arn($"task-definition/{family}:{revision}"),
                    family,
                    revision,
                    status = "ACTIVE",
                    networkMode = "awsvpc",
                    cpu,
                    memory,
                    requiresCompatibilities = kinds,
                    containerDefinitions = containers,
                },
            });
    }

    public Call CreateService(string cluster, string service, string definition, int desired, bool publicAddress) => Write(
        "CreateService",
        new
        {
            cluster,
            serviceName = service,
            desiredCount = desired,
            taskDefinition = definition,
            launchType = "FARGATE",
            networkConfiguration = new
            {
                awsvpcConfiguration = new
                {
                    subnets = new[] { stage.Dice.Ec2Id("subnet") },
                    securityGroups = new[] { stage.Dice.Ec2Id("sg") },
                    assignPublicIp = publicAddress
                        ? "ENABLED" : "DISABLED",
                },
            },
        },
        new
        {
            service = new
            {
                serviceArn = Arn($"service/{cluster}/{service}"),
                serviceName = service,
                clusterArn = Arn($"cluster/{cluster}"),
                status = "ACTIVE",
                desiredCount = desired,
                runningCount = 0,
                pendingCount = 0,
                launchType = "FARGATE",
                taskDefinition = Arn($"task-definition/{definition}:1"),
            },
        });

    public Call UpdateService(string cluster, string service, int? desired, string? definition = null) => Write(
        "UpdateService",
        new { cluster, service, desiredCount = desired, taskDefinition = definition, forceNewDeployment = definition is null ? (bool?)null : true },
        new { service = new { serviceArn = Arn($"service/{cluster}/{service}"), serviceName = service, status = "ACTIVE", desiredCount = desired ?? 2 } });

    public Call DeleteService(string cluster, string service) => Write(
        "DeleteService", new { cluster, service, force = true }, new { service = new { serviceName = service, status = "DRAINING" } });

    public Call DeleteCluster(string cluster) => Write(
        "DeleteCluster", new { cluster }, new { cluster = new { clusterName = cluster, clusterArn = Arn($"cluster/{cluster}"), status = "INACTIVE" } });

    public Call DeregisterTaskDefinition(string definition) => Write(
        "DeregisterTaskDefinition", new { taskDefinition = definition },
            new { taskDefinition = new { taskDefinitionArn = Arn($"task-definition/{definition}"), status = "INACTIVE" } });

    public Call StopTask(string cluster, string reason) => Write(
        "StopTask", new { cluster, task = Arn($"task/{cluster}/{stage.Dice.Hex(32)}"), reason },
            new { task = new { lastStatus = "RUNNING", desiredStatus = "STOPPED" } });

    /// <summary>What ECS does for a Fargate service: a network interface for every task, with its own role.</summary>
    public IEnumerable<Call> Interfaces(int count) => Enumerable.Range(0, count).Select(_ => new Call(
        "ec2",
        "CreateNetworkInterface",
        region,
        new
        {
            subnetId = stage.Dice.Ec2Id("subnet"),
            description = Arn($"attachment/{stage.Dice.Guid()}"),
            groupSet = new { items = new[] { new { groupId = stage.Dice.Ec2Id("sg") } } },
            privateIpAddressesSet = new { }
        },
        new { networkInterface = new { networkInterfaceId = stage.Dice.Ec2Id("eni"), status = "pending", ownerId = stage.Account, requesterManaged = false } }));
}
