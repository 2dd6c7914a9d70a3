using System.Collections.Concurrent;
using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Policy;

namespace ResponseKit.Response.Stores;

/// <summary>Reads what is needed to tell whose case something belongs to, and what belongs to a case; what it means is for <see cref="CaseTrees"/> to say.</summary>
internal sealed class CaseLoader(ICaseGraph graph, ResponsePolicy policy)
{
    /// <summary>More than this many identities are not followed in one case: an attacker can make them faster than they can be read.</summary>
    private const int MaxNodes = 5_000;

    private readonly ConcurrentDictionary<string, Observation> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    /// <summary>The key of the case that an observation belongs to.</summary>
    public async Task<string> KeyOfAsync(Observation observation, CancellationToken cancellationToken)
    {
        var from = Reach(observation.Time);
        var nodes = NodesOf(observation).ToImmutableArray();
        foreach (var node in nodes)
        {
            // Mostly nobody is known to have opened or made whoever acts.
            if ((await graph.LinksOfAsync(node, from, cancellationToken)).Count > 0)
            {
                await ReadAsync(nodes, observation.Time, cancellationToken);
                break;
            }
        }

        return new CaseTrees(known.Values, policy).KeyOf(observation);
    }

    /// <summary>A case, of what was done since a time.</summary>
    public async Task<CaseTree> LoadAsync(string caseKey, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await ReadAsync([.. NodesOf(caseKey)], since, cancellationToken);
        return new CaseTrees(known.Values, policy).Since(since).FirstOrDefault(tree => tree.Key == caseKey) ?? CaseTree.Empty(caseKey);
    }

    /// <summary>The nodes under which an observation is found.</summary>
    public static IEnumerable<string> NodesOf(Observation observation) =>
        new[] { observation.Actor.Key, observation.AccessKeyId, observation.Session }.OfType<string>();

    private static IEnumerable<string> NodesOf(string caseKey)
    {
        var actor = CaseFile.ActorKeyOf(caseKey);
        return actor == caseKey ? [actor] : [actor, caseKey[(actor.Length + 1)..]];
    }

    /// <summary>Reads what the nodes did, and whoever opened or made them, and whomever those did.</summary>
    private async Task ReadAsync(ImmutableArray<string> nodes, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var from = Reach(since);
        var start = since;
        for (var next = nodes; !next.IsEmpty && read.Count < MaxNodes; start = from)
        {
            var more = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(next.Where(read.Add).ToList(), AtOnce(cancellationToken), async (node, token) =>
            {
                var parents = await ParentsOfAsync(node, from, token);
                var children = await graph.ChildrenOfAsync(node, from, token);
                // Whoever has neither parents nor children acts for himself, and what he did before does not matter.
                var own = await graph.ObservationsOfAsync(node, parents.Count + children.Count == 0 ? start : from, token);
                foreach (var observation in own)
                    known[observation.EventId] = observation;
                foreach (var other in parents.Concat(children))
                    more.Add(other);
                // What an actor did with a credential that somebody opened or made for him is that one's, perhaps.
                foreach (var credential in own.SelectMany(NodesOf).Where(other => other != own[0].Actor.Key).Distinct(StringComparer.Ordinal))
                {
                    if (credential != node && (await ParentsOfAsync(credential, from, token)).Count > 0)
                        more.Add(credential);
                }
            });
            next = [.. more.Distinct(StringComparer.Ordinal)];
        }
    }

    private DateTimeOffset Reach(DateTimeOffset since) =>
        since - DateTimeOffset.MinValue > Horizon.Before(policy.Correlation) ? since - Horizon.Before(policy.Correlation) : DateTimeOffset.MinValue;

    private async Task<IReadOnlyList<string>> ParentsOfAsync(string node, DateTimeOffset from, CancellationToken cancellationToken) =>
        [.. (await graph.LinksOfAsync(node, from, cancellationToken)).SelectMany(link => new[] { link.Opener, link.ViaSession }).OfType<string>()];

    private static ParallelOptions AtOnce(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
}
