using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Correlation.Blame;

/// <summary>What is known of everybody: what each identity did, and who opened or made whom. Found by the nodes that links name.</summary>
internal sealed class Deeds
{
    private static readonly ImmutableArray<Thinned> Nobody = [];

    private readonly Dictionary<string, List<CaseLink>> ofChild = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CaseLink>> ofOpener = new(StringComparer.Ordinal);
    private readonly HashSet<string> parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Thinned>> byNode = new(StringComparer.Ordinal);

    public Deeds(IEnumerable<Thinned> identities, IEnumerable<CaseLink> links)
    {
        All = [.. identities];
        foreach (var link in Counting(links))
        {
            Under(ofChild, link.Child).Add(link);
            Under(ofOpener, link.Opener).Add(link);
            parents.Add(link.Parent);
        }

        foreach (var of in ofChild.Values)
            of.Sort((one, other) => one == other ? 0 : one.Replaces(other) ? 1 : -1);
        if (ofChild.Count == 0)
            return;
        foreach (var identity in All)
        {
            foreach (var node in new[] { identity.Actor.Key, identity.Key, identity.Session })
            {
                if (node is not null && (ofChild.ContainsKey(node) || ofOpener.ContainsKey(node) || parents.Contains(node)))
                    Under(byNode, node).Add(identity);
            }
        }
    }

    /// <summary>Every identity.</summary>
    public ImmutableArray<Thinned> All { get; }

    /// <summary>Whether anything is known of how a node came to be.</summary>
    public bool IsChild(string? node) => node is not null && ofChild.ContainsKey(node);

    /// <summary>The link by which a node's deed at a time may be its parent's: the latest before it, unless that lies behind the horizon.</summary>
    public CaseLink? LinkAt(string? node, DateTimeOffset time, TimeSpan horizon)
    {
        if (node is null || !ofChild.TryGetValue(node, out var links))
            return null;
        for (var at = links.Count - 1; at >= 0; at--)
        {
            // A name is one's own only from the moment one has it: before that, and in the same second, it may have been somebody else's.
            if (links[at].Kind == LinkKind.Renamed ? links[at].Time < time : links[at].Time <= time + Horizon.Skew)
                return time - links[at].Time <= horizon ? links[at] : null;
        }

        return null;
    }

    /// <summary>The actor of a key, with the path that a record tells, where any does.</summary>
    public Actor ActorOf(string key) => byNode.TryGetValue(key, out var identities)
        && identities.Select(identity => identity.Actor).Where(actor => actor.Key == key).OrderByDescending(actor => actor is Actor.Role { IsPermissionSet: true }).FirstOrDefault() is { } known
            ? known
            : ActorResolver.FromKey(key);

    /// <summary>Whatever the opener of a link opened or made in its time.</summary>
    public IEnumerable<CaseLink> OpenedBy(string opener, DateTimeOffset from, DateTimeOffset to) =>
        ofOpener.TryGetValue(opener, out var links) ? links.Where(link => link.Time >= from && link.Time <= to) : [];

    /// <summary>
    /// What a node did: a session's deeds by its key or id. Those of a user are what was done with lasting keys: whatever was done with temporary ones
    /// is the session's.
    /// </summary>
    public IEnumerable<Observation> Of(string node, DateTimeOffset from, DateTimeOffset to) =>
        (byNode.TryGetValue(node, out var identities) ? identities : [.. Nobody])
            .Where(identity => identity.Actor.Key != node || identity.Actor is not Actor.User || identity.Key?.StartsWith("ASIA", StringComparison.Ordinal) != true)
            .SelectMany(identity => identity.Kept)
            .Where(deed => deed.Time >= from && deed.Time <= to);

    // Of many sessions that were opened and never acted triage reads as few as are kept as evidence, so that replay may count no more.
    private IEnumerable<CaseLink> Counting(IEnumerable<CaseLink> links)
    {
        var acting = new HashSet<string>(StringComparer.Ordinal);
        var counting = new HashSet<CaseLink>();
        foreach (var identity in All)
        {
            foreach (var node in new[] { identity.Actor.Key, identity.Key, identity.Session })
            {
                if (node is not null)
                    acting.Add(node);
            }

            foreach (var observation in identity.Kept)
                counting.UnionWith(observation.Links);
        }

        counting.UnionWith(links.Where(link => acting.Contains(link.Child)));
        return counting;
    }

    private static List<T> Under<T>(Dictionary<string, List<T>> lists, string key) => lists.TryGetValue(key, out var list) ? list : lists[key] = [];
}
