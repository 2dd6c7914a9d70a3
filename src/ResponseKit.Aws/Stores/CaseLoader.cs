using System.Collections.Concurrent;
using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Policy;

namespace ResponseKit.Aws.Stores;

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
        await ReadAsync([.. NodesOf(observation)], observation.Time, cancellationToken);
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
        var from = since - DateTimeOffset.MinValue > Horizon.Before(policy.Correlation) ? since - Horizon.Before(policy.Correlation) : DateTimeOffset.MinValue;
        for (var next = nodes; !next.IsEmpty && read.Count < MaxNodes;)
        {
            var more = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(next.Where(read.Add).ToList(), AtOnce(cancellationToken), async (node, token) =>
            {
                foreach (var observation in await graph.ObservationsOfAsync(node, from, token))
                    known[observation.EventId] = observation;
                foreach (var link in await graph.LinksOfAsync(node, from, token))
                {
                    foreach (var parent in new[] { link.Via ?? link.Parent, link.ViaSession }.OfType<string>())
                        more.Add(parent);
                }

                foreach (var child in await graph.ChildrenOfAsync(node, from, token))
                    more.Add(child);
            });
            next = [.. more.Distinct(StringComparer.Ordinal)];
        }
    }

    private static ParallelOptions AtOnce(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
}
