using Amazon.ECS;
using Amazon.ECS.Model;
using ResponseKit.Aws.Execution;
using EcsTask = Amazon.ECS.Model.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>
/// Reads a cluster's contents, every page before anything is changed. What fails to be read is recorded and stops nothing.
/// Batch sizes: Amazon ECS API Reference, the Describe operation of each.
/// </summary>
internal static class EcsPages
{
    private const int Services = 10;
    private const int Others = 100;

    /// <summary>The cluster: none when there is none, or when it is gone or going; null when it could not be read.</summary>
    public static Task<IReadOnlyList<Cluster>?> ClusterAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var request = new DescribeClustersRequest { Clusters = [run.Target.Name] };
        return ReadAsync<Cluster>(
            run, "DescribeClusters", "the cluster",
            async token => [.. (await Client(run).DescribeClustersAsync(request, token)).Clusters?.Where(IsThere) ?? []], cancellationToken);
    }

    /// <summary>The active services. Those that are draining are not listed any more, though they keep the cluster from being deleted.</summary>
    public static async Task<IReadOnlyList<Service>> ServicesAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var pages = Client(run).Paginators.ListServices(new() { Cluster = run.Target.Name }).ServiceArns;
        var arns = await ReadAsync(run, "ListServices", "the list of services", pages.AllAsync, cancellationToken) ?? [];
        return await DescribeAsync<Service>(
            run, "DescribeServices", arns, Services,
            async (some, token) => (await Client(run).DescribeServicesAsync(
                new() { Cluster = run.Target.Name, Services = some }, token)).Services ?? [],
            arn => new Service { ServiceArn = arn, ServiceName = NameOf(arn), Status = "ACTIVE" }, cancellationToken);
    }

    /// <summary>The ARNs of the tasks that are to run, of services or not. ECS keeps PENDING apart, though it says that it never uses it.</summary>
    public static async Task<IReadOnlyList<string>> TaskArnsAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var arns = new List<string>();
        foreach (var status in (DesiredStatus[])[DesiredStatus.RUNNING, DesiredStatus.PENDING])
        {
            var pages = Client(run).Paginators.ListTasks(new() { Cluster = run.Target.Name, DesiredStatus = status }).TaskArns;
            arns.AddRange(await ReadAsync(run, "ListTasks", $"the list of {status} tasks", pages.AllAsync, cancellationToken) ?? []);
        }

        return [.. arns.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Tasks in full.</summary>
    public static Task<IReadOnlyList<EcsTask>> TasksAsync(ActionRun run, IReadOnlyList<string> arns, CancellationToken cancellationToken) =>
        DescribeAsync(
            run, "DescribeTasks", arns, Others,
            async (some, token) => (await Client(run).DescribeTasksAsync(new() { Cluster = run.Target.Name, Tasks = some }, token)).Tasks ?? [],
            arn => new EcsTask { TaskArn = arn }, cancellationToken);

    /// <summary>The container instances, active or draining.</summary>
    public static async Task<IReadOnlyList<ContainerInstance>> ContainerInstancesAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var pages = Client(run).Paginators.ListContainerInstances(new() { Cluster = run.Target.Name }).ContainerInstanceArns;
        var arns = await ReadAsync(run, "ListContainerInstances", "the list of container instances", pages.AllAsync, cancellationToken) ?? [];
        return await DescribeAsync<ContainerInstance>(
            run, "DescribeContainerInstances", arns, Others,
            async (some, token) => (await Client(run).DescribeContainerInstancesAsync(
                new() { Cluster = run.Target.Name, ContainerInstances = some }, token)).ContainerInstances ?? [],
            arn => new ContainerInstance { ContainerInstanceArn = arn }, cancellationToken);
    }

    /// <summary>The other clusters of the account and region; null when not all of them could be read.</summary>
    public static async Task<IReadOnlyList<Cluster>?> OtherClustersAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var pages = Client(run).Paginators.ListClusters(new()).ClusterArns;
        if (await ReadAsync(run, "ListClusters", "the list of clusters", pages.AllAsync, cancellationToken) is not { } arns)
            return null;
        var clusters = await DescribeAsync<Cluster>(
            run, "DescribeClusters", arns, Others,
            async (some, token) => (await Client(run).DescribeClustersAsync(new() { Clusters = some }, token)).Clusters ?? [],
            null, cancellationToken);
        return clusters.Count < arns.Count ? null : [.. clusters.Where(cluster => cluster.ClusterName != run.Target.Name)];
    }

    /// <summary>Reads; null when that failed, which is recorded and stops nothing.</summary>
    public static Task<IReadOnlyList<T>?> ReadAsync<T>(
        ActionRun run, string operation, string what, Func<CancellationToken, Task<IReadOnlyList<T>>> read, CancellationToken cancellationToken) =>
        run.ReadAsync("ecs:" + operation, what, [], read, cancellationToken);

    /// <summary>ECS in the run's region.</summary>
    public static IAmazonECS Client(ActionRun run) => run.Aws.Ecs(run.Region);

    /// <summary>The last segment of an ARN: a name, an id, or <c>family:revision</c>.</summary>
    public static string NameOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    // What cannot be described is known by its ARN at least, which is enough to stop it.
    private static async Task<IReadOnlyList<T>> DescribeAsync<T>(
        ActionRun run, string operation, IReadOnlyList<string> arns, int size, Func<List<string>, CancellationToken, Task<IReadOnlyList<T>>> describe,
        Func<string, T>? orElse, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        foreach (var some in arns.Chunk(size))
        {
            var what = $"{NameOf(some[0])} and {some.Length - 1} others";
            var found = await ReadAsync(run, operation, what, token => describe([.. some], token), cancellationToken);
            all.AddRange(found ?? (orElse is null ? [] : some.Select(orElse)));
        }

        return all;
    }

    private static bool IsThere(Cluster cluster) => cluster.Status is not ("INACTIVE" or "DEPROVISIONING");
}
