using System.Text.Json.Nodes;
using Amazon.ECS.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response.Execution;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>The last step: the cluster itself.</summary>
internal static class ClusterDeletion
{
    // A container has 30 seconds to end by default, and up to 120 on Fargate, before it is killed; only then the task no longer counts.
    private static readonly TimeSpan ForContentsToGo = TimeSpan.FromMinutes(3);

    // Services that drain and tasks that stop still count (Amazon ECS API Reference, DeleteCluster). No one can ask which are left: draining
    // services are not listed any more. So the call itself is repeated.
    private static readonly IReadOnlyCollection<string> StillInUse =
    [
        "ClusterContainsServicesException", "ClusterContainsTasksException", "ClusterContainsContainerInstancesException",
        "ClusterContainsCapacityProviderException", "UpdateInProgressException",
    ];

    /// <summary>The step.</summary>
    public static Step Step(ActionRun run) => new("cluster", "ecs:DeleteCluster", run.Target.Name, $"Delete cluster {run.Target.Name}")
    {
        MeansInPlace = ["ClusterNotFoundException"],
    };

    /// <summary>Deletes the cluster as soon as its contents are gone, and stops what still starts meanwhile.</summary>
    public static async Task DeleteAsync(ActionRun run, Cluster cluster, Origin origin, CancellationToken cancellationToken)
    {
        var first = true;
        await run.StepAsync(
            Step(run) with { Summary = $"{Step(run).Summary}; {origin.Evidence}", Before = Describe(cluster) },
            token => run.WhileAsync(
                StillInUse, ForContentsToGo,
                async inner =>
                {
                    if (!first)
                        await ClusterTasks.StopNewAsync(run, inner);
                    first = false;
                    return await EcsPages.Client(run).DeleteClusterAsync(new() { Cluster = run.Target.Name }, inner);
                },
                token),
            cancellationToken);
    }

    private static JsonObject Describe(Cluster cluster) => new()
    {
        ["arn"] = cluster.ClusterArn,
        ["services"] = cluster.ActiveServicesCount,
        ["running"] = cluster.RunningTasksCount,
        ["pending"] = cluster.PendingTasksCount,
        ["containerInstances"] = cluster.RegisteredContainerInstancesCount,
        ["capacityProviders"] = new JsonArray([.. (cluster.CapacityProviders ?? []).Select(name => (JsonNode?)name)]),
    };
}
