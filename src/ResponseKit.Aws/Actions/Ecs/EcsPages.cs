using Amazon.ECS;
using Amazon.ECS.Model;
using ResponseKit.Aws.Execution;
using EcsTask = Amazon.ECS.Model.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>
/// Reads a cluster's contents, every page before anything is changed. Batch sizes: Amazon ECS API Reference, the Describe operation of each.
/// </summary>
internal static class EcsPages
{
    private const int Services = 10;
    private const int Others = 100;

    /// <summary>The cluster; null when there is none, or when it is gone or going.</summary>
    public static async Task<Cluster?> ClusterAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var answer = await Client(run).DescribeClustersAsync(new() { Clusters = [run.Target.Name] }, cancellationToken);
        return (answer.Clusters ?? []).Find(cluster => cluster.Status is not ("INACTIVE" or "DEPROVISIONING"));
    }

    /// <summary>The active services. Those that are draining are not listed any more, though they keep the cluster from being deleted.</summary>
    public static async Task<IReadOnlyList<Service>> ServicesAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var pages = Client(run).Paginators.ListServices(new() { Cluster = run.Target.Name });
        var services = new List<Service>();
        foreach (var some in (await AllAsync(pages.ServiceArns, cancellationToken)).Chunk(Services))
        {
            var request = new DescribeServicesRequest { Cluster = run.Target.Name, Services = [.. some] };
            services.AddRange((await Client(run).DescribeServicesAsync(request, cancellationToken)).Services ?? []);
        }

        return services;
    }

    /// <summary>The ARNs of the tasks that are to run, of services or not. ECS keeps PENDING apart, though it says that it never uses it.</summary>
    public static async Task<IReadOnlyList<string>> TaskArnsAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var arns = new List<string>();
        foreach (var status in (DesiredStatus[])[DesiredStatus.RUNNING, DesiredStatus.PENDING])
        {
            var pages = Client(run).Paginators.ListTasks(new() { Cluster = run.Target.Name, DesiredStatus = status });
            arns.AddRange(await AllAsync(pages.TaskArns, cancellationToken));
        }

        return [.. arns.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Tasks in full.</summary>
    public static async Task<IReadOnlyList<EcsTask>> TasksAsync(ActionRun run, IEnumerable<string> arns, CancellationToken cancellationToken)
    {
        var tasks = new List<EcsTask>();
        foreach (var some in arns.Chunk(Others))
        {
            var request = new DescribeTasksRequest { Cluster = run.Target.Name, Tasks = [.. some] };
            tasks.AddRange((await Client(run).DescribeTasksAsync(request, cancellationToken)).Tasks ?? []);
        }

        return tasks;
    }

    /// <summary>The container instances, active or draining.</summary>
    public static async Task<IReadOnlyList<ContainerInstance>> ContainerInstancesAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var pages = Client(run).Paginators.ListContainerInstances(new() { Cluster = run.Target.Name });
        var instances = new List<ContainerInstance>();
        foreach (var some in (await AllAsync(pages.ContainerInstanceArns, cancellationToken)).Chunk(Others))
        {
            var request = new DescribeContainerInstancesRequest { Cluster = run.Target.Name, ContainerInstances = [.. some] };
            instances.AddRange((await Client(run).DescribeContainerInstancesAsync(request, cancellationToken)).ContainerInstances ?? []);
        }

        return instances;
    }

    /// <summary>The other clusters of the account and region.</summary>
    public static async Task<IReadOnlyList<Cluster>> OtherClustersAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var clusters = new List<Cluster>();
        foreach (var some in (await AllAsync(Client(run).Paginators.ListClusters(new()).ClusterArns, cancellationToken)).Chunk(Others))
            clusters.AddRange((await Client(run).DescribeClustersAsync(new() { Clusters = [.. some] }, cancellationToken)).Clusters ?? []);
        return [.. clusters.Where(cluster => cluster.ClusterName != run.Target.Name)];
    }

    /// <summary>ECS in the run's region.</summary>
    public static IAmazonECS Client(ActionRun run) => run.Aws.Ecs(run.Region);

    /// <summary>The last segment of an ARN: a name, an id, or <c>family:revision</c>.</summary>
    public static string NameOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    private static async Task<IReadOnlyList<string>> AllAsync(IAsyncEnumerable<string> pages, CancellationToken cancellationToken)
    {
        var all = new List<string>();
        await foreach (var arn in pages.WithCancellation(cancellationToken))
            all.Add(arn);
        return all;
    }
}
