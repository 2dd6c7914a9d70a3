using System.Text.Json.Nodes;
using Amazon.ECS.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Execution;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>What gives a cluster its compute: Auto Scaling groups and managed instances. AWS's own Fargate providers cannot be deleted.</summary>
internal static class CapacityProviders
{
    private const string Prefix = "capacity-provider/";
    private static readonly TimeSpan ForUpdates = TimeSpan.FromSeconds(60);

    // In use: services that are being deleted still name it. ClientException is how DeleteCapacityProvider says that the cluster, which lets go
    // of a provider only after PutClusterCapacityProviders has answered, still has it.
    private static readonly IReadOnlyCollection<string> Busy = ["UpdateInProgressException", "ResourceInUseException", "ClientException"];

    /// <summary>
    /// Detaches every capacity provider from the cluster, and deletes those that no other cluster uses and that are the actor's. A provider tells neither its time
    /// nor its author, so in an incident that is only one which belongs to this cluster.
    /// </summary>
    public static async Task RemoveAsync(ActionRun run, Claim claim, Cluster cluster, CancellationToken cancellationToken)
    {
        var attached = cluster.CapacityProviders ?? [];
        var own = await DescribeAsync(run, [.. attached.Concat(Unfinished(run)).Where(IsCustom).Distinct(StringComparer.Ordinal)], cancellationToken);
        var others = own.Count == 0 ? [] : await EcsPages.OtherClustersAsync(run, cancellationToken);
        // Not knowing who else uses them is reason enough to leave them.
        var maybe = others?.SelectMany(other => other.CapacityProviders ?? []) ?? own.Select(provider => provider.Name);
        var used = maybe.ToHashSet(StringComparer.Ordinal);
        // Noted before the cluster forgets them: a run that is cut short between the two finds them in its receipt.
        bool IsTheirs(CapacityProvider provider) => claim.Vouched || claim.Since is null || !string.IsNullOrEmpty(provider.Cluster);
        await run.AnnounceAsync(own.Where(provider => !used.Contains(provider.Name) && IsTheirs(provider)).Select(Delete), cancellationToken);
        if (attached.Count > 0)
            await DetachAsync(run, cluster, cancellationToken);
        foreach (var provider in own)
        {
            if (used.Contains(provider.Name))
                run.Skip(Delete(provider), $"Another cluster uses capacity provider {provider.Name}, or may use it.");
            else if (!IsTheirs(provider))
                run.Hold(
                    Delete(provider), $"capacity provider {provider.Name}", new Origin.Unproven("AWS tells neither who created it nor when"),
                    $"It costs nothing by itself. If it is the actor's: aws ecs delete-capacity-provider --capacity-provider {provider.Name}");
            else
                await DeleteAsync(run, provider, cancellationToken);
        }
    }

    private static async Task DetachAsync(ActionRun run, Cluster cluster, CancellationToken cancellationToken)
    {
        var summary = $"Detach {string.Join(", ", cluster.CapacityProviders)} from cluster {cluster.ClusterName}";
        var step = new Step("capacity-providers", "ecs:PutClusterCapacityProviders", cluster.ClusterName, summary)
        {
            Before = new JsonObject { ["attached"] = new JsonArray([.. cluster.CapacityProviders.Select(name => (JsonNode?)name)]) },
        };
        var request = new PutClusterCapacityProvidersRequest
        {
            Cluster = cluster.ClusterName,
            CapacityProviders = [],
            DefaultCapacityProviderStrategy = [],
        };
        await StepAsync(run, step, token => EcsPages.Client(run).PutClusterCapacityProvidersAsync(request, token), cancellationToken);
    }

    private static async Task DeleteAsync(ActionRun run, CapacityProvider provider, CancellationToken cancellationToken)
    {
        // A provider of managed instances belongs to one cluster and is addressed within it.
        var request = new DeleteCapacityProviderRequest { CapacityProvider = provider.Name, Cluster = provider.Cluster };
        await StepAsync(run, Delete(provider), token => EcsPages.Client(run).DeleteCapacityProviderAsync(request, token), cancellationToken);
    }

    private static Task StepAsync<TResponse>(
        ActionRun run, Step step, Func<CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse =>
        run.StepAsync(step, token => run.WhileAsync(Busy, ForUpdates, call, token), cancellationToken);

    private static async Task<IReadOnlyList<CapacityProvider>> DescribeAsync(ActionRun run, List<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
            return [];
        var request = new DescribeCapacityProvidersRequest { CapacityProviders = names, Cluster = run.Target.Name };
        var found = await EcsPages.ReadAsync<CapacityProvider>(
            run, "DescribeCapacityProviders", "capacity providers",
            async token => (await EcsPages.Client(run).DescribeCapacityProvidersAsync(request, token)).CapacityProviders ?? [],
            cancellationToken) ?? [];
        return [.. found.Where(provider => provider.Status?.Value is not ("INACTIVE" or "DEPROVISIONING") && IsCustom(provider.Name))];
    }

    private static IEnumerable<string> Unfinished(ActionRun run) => run.Steps
        .Where(step => step.Key.StartsWith(Prefix, StringComparison.Ordinal) && step.Outcome is not (StepOutcome.Applied or StepOutcome.Skipped))
        .Select(step => step.Key[Prefix.Length..]);

    private static bool IsCustom(string name) => name is not ("FARGATE" or "FARGATE_SPOT");

    private static Step Delete(CapacityProvider provider) => new(
        Prefix + provider.Name, "ecs:DeleteCapacityProvider", provider.Name,
        $"Delete capacity provider {provider.Name}; {provider.AutoScalingGroupProvider?.AutoScalingGroupArn ?? "its compute"} stays")
    {
        Before = new JsonObject
        {
            ["arn"] = provider.CapacityProviderArn,
            ["group"] = provider.AutoScalingGroupProvider?.AutoScalingGroupArn,
            ["managedScaling"] = provider.AutoScalingGroupProvider?.ManagedScaling?.Status?.Value,
            ["terminationProtection"] = provider.AutoScalingGroupProvider?.ManagedTerminationProtection?.Value,
        },
    };
}
