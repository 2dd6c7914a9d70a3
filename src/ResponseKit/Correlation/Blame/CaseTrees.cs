using ResponseKit.Actors;
using ResponseKit.Policy;

namespace ResponseKit.Correlation.Blame;

/// <summary>
/// Puts everybody's deeds together into cases. Pure: the same deeds and links give the same cases in whatever order they came. A deed belongs to the session
/// that did it, where it is known who opened that, else to the actor.
/// </summary>
public sealed class CaseTrees
{
    /// <summary>How many links are followed at most.</summary>
    public const int MaxLinks = 16;

    // Nobody can make roles there: the name alone could be had by anyone.
    private const string PermissionSets = "/aws-reserved/sso.amazonaws.com/";

    private readonly Deeds deeds;
    private readonly Ties ties;
    private readonly TimeSpan horizon;
    private readonly Dictionary<string, Body> bodies = new(StringComparer.Ordinal);
    private readonly Dictionary<CaseLink, Body?> ofLinks = [];
    private readonly List<CaseLink> under = [];

    /// <summary>Makes cases of what is known, by one version of it and one policy.</summary>
    /// <param name="known">Everything that was done, and that is known of who opened or made whom.</param>
    /// <param name="policy">The windows and thresholds.</param>
    public CaseTrees(IEnumerable<Observation> known, ResponsePolicy policy)
        : this(known, [], policy)
    {
    }

    /// <summary>The same with links that are known apart from what was done.</summary>
    public CaseTrees(IEnumerable<Observation> known, IEnumerable<CaseLink> links, ResponsePolicy policy)
        : this(new Deeds(Thinned.All(known), known.SelectMany(deed => deed.Links).Concat(links)), policy)
    {
    }

    internal CaseTrees(Deeds deeds, ResponsePolicy policy)
    {
        this.deeds = deeds;
        ties = new(deeds, policy);
        horizon = Horizon.Of(policy.Correlation);
    }

    /// <summary>Every case, of what was done since a time. What was done before says only who acts for whom.</summary>
    public IEnumerable<CaseTree> Since(DateTimeOffset from)
    {
        foreach (var identity in deeds.All)
            Place(identity, from);
        return bodies.Values.Where(body => body.HasDeeds).GroupBy(body => body.Top, ReferenceEqualityComparer.Instance)
            .Select(group => Tree((Body)group.Key!, [.. group]));
    }

    /// <summary>The key of the case that a deed belongs to.</summary>
    public string KeyOf(Observation deed) => BodyOf(deed.Actor, deed.AccessKeyId, deed.Session, deed.Time).Top.CaseKey;

    private static CaseTree Tree(Body top, List<Body> members)
    {
        CaseFile Evidence(IEnumerable<Body> some) => new(top.CaseKey, [.. some.SelectMany(body => body.Evidence)]);
        return new(new(top.CaseKey, [.. members.SelectMany(body => body.Whole)]), [.. members.Select(member => Evidence(member.Upwards))])
        {
            Parts = [.. members.SelectMany(member => member.Identities).Distinct()],
        };
    }

    private void Place(Thinned identity, DateTimeOffset from)
    {
        var (evidence, whole) = (identity.Kept.Where(deed => deed.Time >= from), identity.Whole.Where(deed => deed.Time >= from));
        // Of most it is not known who opened or made them.
        if (!deeds.IsChild(identity.Key) && !deeds.IsChild(identity.Session) && !deeds.IsChild(identity.Actor.Key))
        {
            var own = OwnOf(identity.Actor, identity.Session);
            own.Take(identity, whole);
            own.TakeEvidence(evidence);
            return;
        }

        foreach (var group in ByBody(identity, whole))
            ((Body)group.Key!).Take(identity, group);
        foreach (var group in ByBody(identity, evidence))
            ((Body)group.Key!).TakeEvidence(group);
    }

    private IEnumerable<IGrouping<object?, Observation>> ByBody(Thinned identity, IEnumerable<Observation> some) =>
        some.GroupBy(deed => (object?)BodyOf(deed.Actor, identity.Key, identity.Session, deed.Time), ReferenceEqualityComparer.Instance);

    private Body BodyOf(Actor actor, string? key, string? session, DateTimeOffset time)
    {
        foreach (var credential in new[] { key, session })
        {
            if (deeds.LinkAt(credential, time, horizon) is not { } link)
                continue;
            if (OfLink(link) is { } body)
                return body;
            // Whoever it is, it is not who else is in that role.
            if (link.Kind == LinkKind.Opened)
                return Body($"{actor.Key}{CaseFile.SessionMark}{link.Child}", null);
        }

        return deeds.LinkAt(actor.Key, time, horizon) is { } made && OfLink(made) is { } of ? of : OwnOf(actor, session);
    }

    // A permission set is everybody's who is assigned to it, and the name of its session is the person, by the word of the identity provider.
    private Body OwnOf(Actor actor, string? session) =>
        session is not null && actor is Actor.Role role && role.Path?.StartsWith(PermissionSets, StringComparison.Ordinal) == true
            ? Body($"{actor.Key}{CaseFile.SessionMark}{session[(session.IndexOf(':', StringComparison.Ordinal) + 1)..]}", null)
            : Body(actor.Key, null);

    /// <summary>The body to which a child's deeds belong by a link; null when it acts for itself.</summary>
    private Body? OfLink(CaseLink link)
    {
        if (ofLinks.TryGetValue(link, out var known))
            return known;
        var tie = ties.Of(link);
        if (tie == Tie.None)
            return ofLinks[link] = null;
        // In a circle, and behind very many links, all belong to one and the same, wherever one starts.
        if (under.Contains(link) || under.Count == MaxLinks)
            return Body(under.Select(one => one.Parent).Append(link.Parent).Min(StringComparer.Ordinal)!, null);
        under.Add(link);
        // Who had a name just before it was given up, not who took it right after.
        var time = link.Kind == LinkKind.Renamed ? link.Time - Horizon.Skew - TimeSpan.FromSeconds(1) : link.Time;
        var parent = BodyOf(deeds.ActorOf(link.Parent), link.Via, link.ViaSession, time);
        under.Remove(link);
        var body = tie == Tie.Same ? parent
            : Body($"{parent.Id}\n{(link.Kind == LinkKind.Opened ? link.Subject : $"{link.Child} {link.Time.UtcTicks}")}", parent);
        return under.Count == 0 ? ofLinks[link] = body : body;
    }

    private Body Body(string id, Body? above) => bodies.TryGetValue(id, out var body) ? body : bodies[id] = new(id, above);
}
