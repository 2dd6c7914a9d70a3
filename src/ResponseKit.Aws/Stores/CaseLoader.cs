using System.Collections.Concurrent;
using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation;

namespace ResponseKit.Aws.Stores;

/// <summary>Finds whose case a call belongs to, and puts a case together out of everybody's observations who acts for its root.</summary>
internal sealed class CaseLoader(ICaseGraph graph)
{
    /// <summary>More than this many identities are not followed in one case: an attacker can make them faster than they can be read.</summary>
    private const int MaxNodes = 5_000;

    private readonly ConcurrentDictionary<string, string?> parents = new(StringComparer.Ordinal);

    public async Task<string> RootOfAsync(Actor actor, string? accessKeyId, CancellationToken cancellationToken)
    {
        if (accessKeyId is not null)
            await FollowAsync(accessKeyId, cancellationToken);
        if (accessKeyId is null || parents.GetValueOrDefault(accessKeyId) is null)
            await FollowAsync(actor.Key, cancellationToken);
        return CaseRoot.Of(actor, accessKeyId, node => parents.GetValueOrDefault(node));
    }

    public async Task<CaseFile> LoadAsync(string rootKey, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var observations = await CollectAsync(rootKey, since, cancellationToken);
        var own = new ConcurrentBag<Observation>();
        // Somebody's observations are only in part of this case: a role has many callers, and each has many sessions.
        var groups = observations.GroupBy(observation => (observation.Actor.Key, observation.AccessKeyId));
        await Parallel.ForEachAsync(groups, AtOnce(cancellationToken), async (group, token) =>
        {
            if (await RootOfAsync(group.First().Actor, group.Key.AccessKeyId, token) != rootKey)
                return;
            foreach (var observation in group)
                own.Add(observation);
        });
        return new CaseFile(rootKey, [.. own]);
    }

    private async Task<ConcurrentBag<Observation>> CollectAsync(string rootKey, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var collected = new ConcurrentBag<Observation>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { rootKey };
        for (ImmutableArray<string> nodes = [rootKey]; !nodes.IsEmpty && seen.Count < MaxNodes;)
        {
            var children = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(nodes, AtOnce(cancellationToken), async (node, token) =>
            {
                foreach (var observation in await graph.ObservationsOfAsync(node, since, token))
                    collected.Add(observation);
                foreach (var child in await graph.ChildrenOfAsync(node, since, token))
                    children.Add(child);
            });
            nodes = [.. children.Where(seen.Add)];
        }

        return collected;
    }

    private static ParallelOptions AtOnce(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };

    private async Task FollowAsync(string start, CancellationToken cancellationToken)
    {
        string? node = start;
        for (var steps = 0; node is not null && steps <= CaseRoot.MaxLinks; steps++)
        {
            if (!parents.TryGetValue(node, out var parent))
                parents[node] = parent = await graph.ParentOfAsync(node, cancellationToken);
            node = parent;
        }
    }
}
