using System.Collections.Concurrent;
using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Policy;

namespace ResponseKit.Response.Stores;

/// <summary>
/// Reads what is needed to tell whose case something belongs to, and what belongs to a case; what it means is for <see cref="CaseTrees"/> to say. For a verdict the
/// work is bounded however much was done; for a response everything that was made is read.
/// </summary>
internal sealed class CaseLoader(ICaseGraph graph, ResponsePolicy policy)
{
    /// <summary>More identities are not followed for a response: an actor can make them faster than they can be read.</summary>
    private const int MaxNodes = 5_000;

    /// <summary>More are not followed for a verdict, which is made with every event. Whoever acts is always among them.</summary>
    private const int MaxNodesJudged = 100;

    // One role has a session for each of its workload's machines.
    private const int MaxCredentials = 32;

    private readonly ConcurrentDictionary<string, Observation> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CaseLink, bool> links = [];
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private volatile bool isCut;

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
                await ReadAsync(nodes, observation.Time, isWhole: false, cancellationToken);
                break;
            }
        }

        return Trees().KeyOf(observation);
    }

    /// <summary>What a case is judged by when somebody has just acted in it.</summary>
    public async Task<CaseTree> JudgedAsync(string caseKey, Observation latest, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // What repeats what is kept may be the latest that took effect.
        known[latest.EventId] = latest;
        await ReadAsync([.. NodesOf(caseKey).Concat(NodesOf(latest)).Distinct(StringComparer.Ordinal)], since, isWhole: false, cancellationToken);
        return Tree(caseKey, since);
    }

    /// <summary>A case with everything that was made and opened in it, of what was done since a time.</summary>
    public async Task<CaseTree> LoadAsync(string caseKey, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await ReadAsync([.. NodesOf(caseKey)], since, isWhole: true, cancellationToken);
        return Tree(caseKey, since);
    }

    /// <summary>The nodes under which an observation is found.</summary>
    public static IEnumerable<string> NodesOf(Observation observation) =>
        new[] { observation.Actor.Key, observation.AccessKeyId, observation.Session }.OfType<string>();

    private static IEnumerable<string> NodesOf(string caseKey)
    {
        var actor = CaseFile.ActorKeyOf(caseKey);
        return actor == caseKey ? [actor] : [actor, caseKey[(actor.Length + 1)..]];
    }

    private CaseTrees Trees() => new(known.Values, links.Keys, policy);

    private CaseTree Tree(string caseKey, DateTimeOffset since) =>
        (Trees().Since(since).FirstOrDefault(tree => tree.Key == caseKey) ?? CaseTree.Empty(caseKey)) with { IsCut = isCut };

    /// <summary>Reads what the nodes did, and whoever opened or made them, and whomever those did.</summary>
    private async Task ReadAsync(ImmutableArray<string> nodes, DateTimeOffset since, bool isWhole, CancellationToken cancellationToken)
    {
        var from = Reach(since);
        var start = since;
        var most = isWhole ? MaxNodes : MaxNodesJudged;
        for (var next = nodes; !next.IsEmpty; start = from)
        {
            ImmutableArray<string> batch = [.. next.Where(node => !read.Contains(node)).Take(most - read.Count)];
            isCut |= next.Count(node => !read.Contains(node)) > batch.Length;
            read.UnionWith(batch);
            var more = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(batch, AtOnce(cancellationToken), async (node, token) =>
            {
                var parents = await ParentsOfAsync(node, from, token);
                var children = await ChildrenOfAsync(node, from, isWhole, token);
                // Whoever has neither parents nor children acts for himself, and what he did before does not matter.
                var own = await DeedsOfAsync(node, parents.Count + children.Length == 0 ? start : from, isWhole, token);
                foreach (var observation in own)
                    known[observation.EventId] = observation;
                foreach (var other in parents.Concat(children))
                    more.Add(other);
                // What an actor did with a credential that somebody opened or made for him is that one's, perhaps.
                foreach (var credential in CredentialsOf(own, isWhole).Where(credential => !read.Contains(credential) && !children.Contains(credential, StringComparer.Ordinal)))
                {
                    if ((await ParentsOfAsync(credential, from, token)).Count > 0)
                        more.Add(credential);
                }
            });
            next = batch.IsEmpty ? [] : [.. more.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
    }

    private async Task<IReadOnlyList<Observation>> DeedsOfAsync(string node, DateTimeOffset begin, bool isWhole, CancellationToken cancellationToken)
    {
        var judged = await graph.ObservationsOfAsync(node, begin, cancellationToken);
        return isWhole ? [.. judged, .. await graph.MakingsOfAsync(node, begin, cancellationToken)] : judged;
    }

    private IEnumerable<string> CredentialsOf(IReadOnlyList<Observation> own, bool isWhole)
    {
        var credentials = own.OrderByDescending(observation => observation.Time).SelectMany(NodesOf).Where(other => other != own[0].Actor.Key)
            .Distinct(StringComparer.Ordinal).ToList();
        isCut |= !isWhole && credentials.Count > MaxCredentials;
        return isWhole ? credentials : credentials.Take(MaxCredentials);
    }

    private async Task<ImmutableArray<string>> ChildrenOfAsync(string node, DateTimeOffset from, bool isWhole, CancellationToken cancellationToken)
    {
        var children = await graph.ChildrenOfAsync(node, from, isWhole ? int.MaxValue : ActingChild.MostListed, cancellationToken);
        if (isWhole)
            return [.. children.Select(child => child.Node)];
        var chosen = ActingChild.Chosen(children);
        isCut |= chosen.Length < children.Count;
        return [.. chosen.Select(child => child.Node)];
    }

    private DateTimeOffset Reach(DateTimeOffset since) =>
        since - DateTimeOffset.MinValue > Horizon.Before(policy.Correlation) ? since - Horizon.Before(policy.Correlation) : DateTimeOffset.MinValue;

    private async Task<IReadOnlyList<string>> ParentsOfAsync(string node, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var found = await graph.LinksOfAsync(node, from, cancellationToken);
        foreach (var link in found)
            links.TryAdd(link, true);
        return [.. found.SelectMany(link => new[] { link.Opener, link.ViaSession }).OfType<string>()];
    }

    private static ParallelOptions AtOnce(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
}
