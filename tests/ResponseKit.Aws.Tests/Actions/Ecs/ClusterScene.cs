using Amazon.ECS;
using Amazon.ECS.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Tests.Actions.AutoScaling;
using ResponseKit.Aws.Tests.Actions.Ec2;
using ResponseKit.Resources;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Aws.Tests.Actions.Ecs;

/// <summary>Makes ECS clusters and looks at them.</summary>
internal sealed class ClusterScene(TestAccount account, string region = "us-east-1", AwsClients? clients = null)
{
    private readonly IAmazonECS ecs = (clients ?? account.Admin).Ecs(region);

    public IAmazonECS Ecs => ecs;

    public ResourceRef Target(string name) => account.Resource(ResourceKind.EcsCluster, name, region);

    public async Task CreateAsync(string name) => await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = name });

    public async Task<string> RegisterAsync(string family, LaunchType? launchType = null)
    {
        var request = new RegisterTaskDefinitionRequest
        {
            Family = family,
            ContainerDefinitions =
            [
                new()
                {
                    Name = "main",
                    Image = "example/miner:latest",
                    Memory = 128,
                    Command = ["./run.sh", "--pool", "pool.example"],
                    Environment = [new() { Name = "WALLET", Value = "very-secret" }],
                },
            ],
        };
        if (launchType == LaunchType.FARGATE)
            (request.Cpu, request.Memory, request.NetworkMode, request.RequiresCompatibilities) = ("256", "512", NetworkMode.Awsvpc, ["FARGATE"]);
        return (await ecs.RegisterTaskDefinitionAsync(request)).TaskDefinition.TaskDefinitionArn;
    }

    public async Task ServeAsync(string cluster, string name, string definition, int count, Action<CreateServiceRequest>? with = null)
    {
        var request = new CreateServiceRequest
        {
            Cluster = cluster,
            ServiceName = name,
            TaskDefinition = definition,
            DesiredCount = count,
            LaunchType = LaunchType.FARGATE,
            NetworkConfiguration = await NetworkAsync(),
        };
        with?.Invoke(request);
        await ecs.CreateServiceAsync(request);
    }

    public async Task RunAsync(string cluster, string definition, int count)
    {
        var network = await NetworkAsync();
        for (var left = count; left > 0; left -= 10)
            await ecs.RunTaskAsync(new RunTaskRequest { Cluster = cluster, TaskDefinition = definition, Count = Math.Min(left, 10), LaunchType = LaunchType.FARGATE, NetworkConfiguration = network });
    }

    public async Task<string> JoinInstanceAsync(string cluster)
    {
        var instance = await new InstanceScene(account, region).LaunchOneAsync();
        var document = $$"""{"instanceId":"{{instance}}","region":"{{region}}"}""";
        // Only ECS's own agent calls it, and the SDK for .NET leaves it out.
        await account.AskAsync(
            region, "ecs", "AmazonEC2ContainerServiceV20141113.RegisterContainerInstance", new { cluster, instanceIdentityDocument = document });
        return instance;
    }

    public async Task<string> ProvideAsync(string name, params string[] clusters)
    {
        var groups = new GroupScene(account, region);
        await groups.CreateAsync("group of " + name, 0);
        var provider = new AutoScalingGroupProvider { AutoScalingGroupArn = (await groups.GetAsync("group of " + name)).AutoScalingGroupARN };
        await ecs.CreateCapacityProviderAsync(new CreateCapacityProviderRequest { Name = name, AutoScalingGroupProvider = provider });
        foreach (var cluster in clusters)
            await ecs.PutClusterCapacityProvidersAsync(new() { Cluster = cluster, CapacityProviders = [name, "FARGATE"], DefaultCapacityProviderStrategy = [] });
        return name;
    }

    public async Task<string> StatusAsync(string cluster) => (await ecs.DescribeClustersAsync(new DescribeClustersRequest { Clusters = [cluster] })).Clusters.Single().Status;

    public async Task<int> RunningTasksAsync(string cluster)
    {
        var count = 0;
        await foreach (var _ in ecs.Paginators.ListTasks(new() { Cluster = cluster }).TaskArns)
            count++;
        return count;
    }

    public async Task<TaskDefinitionStatus?> DefinitionStatusAsync(string arn)
    {
        try
        {
            return (await ecs.DescribeTaskDefinitionAsync(new() { TaskDefinition = arn })).TaskDefinition.Status;
        }
        catch (AmazonECSException)
        {
            return null;
        }
    }

    /// <summary>Every active cluster with its services, tasks, container instances and capacity providers, and the active task definitions.</summary>
    public async Task<string> SnapshotAsync()
    {
        var clusters = new List<object>();
        foreach (var arn in (await ecs.ListClustersAsync(new ListClustersRequest())).ClusterArns.Order(StringComparer.Ordinal))
        {
            var cluster = (await ecs.DescribeClustersAsync(new DescribeClustersRequest { Clusters = [arn] })).Clusters.Single();
            var services = (await ecs.ListServicesAsync(new() { Cluster = arn })).ServiceArns.Order(StringComparer.Ordinal).ToList();
            var hosts = (await ecs.ListContainerInstancesAsync(new() { Cluster = arn })).ContainerInstanceArns;
            clusters.Add(new { cluster.ClusterName, cluster.Status, cluster.CapacityProviders, services, Tasks = await RunningTasksAsync(arn), Hosts = hosts.Order(StringComparer.Ordinal) });
        }

        var definitions = (await ecs.ListTaskDefinitionsAsync(new ListTaskDefinitionsRequest())).TaskDefinitionArns;
        var providers = (await ecs.DescribeCapacityProvidersAsync(new())).CapacityProviders.Select(provider => provider.Name);
        return StateText.Of(new { clusters, definitions, providers });
    }

    private async Task<NetworkConfiguration> NetworkAsync()
    {
        var subnet = (await account.Admin.Ec2(region).DescribeSubnetsAsync(new())).Subnets[0].SubnetId;
        return new NetworkConfiguration { AwsvpcConfiguration = new() { Subnets = [subnet], AssignPublicIp = AssignPublicIp.ENABLED } };
    }
}
