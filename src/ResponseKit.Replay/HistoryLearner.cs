using System.Collections.Immutable;
using ResponseKit.Correlation.Novelty;

namespace ResponseKit.Replay;

/// <summary>Learns what is usual from very many calls: the same as adding each to its actor's history, without a new history a call. Not for several threads.</summary>
public sealed class HistoryLearner
{
    // Above this a history is cut down to what it may keep; cutting at each call would take forever.
    private const int CutAt = 4 * ActorHistory.MaxTraits;

    private readonly Dictionary<string, Draft> drafts = new(StringComparer.Ordinal);

    /// <summary>Adds a call.</summary>
    public void Add(string actorKey, DateTimeOffset time, ImmutableArray<Trait> traits)
    {
        if (!drafts.TryGetValue(actorKey, out var draft))
            drafts[actorKey] = draft = new();
        draft.Add(time, traits);
    }

    /// <summary>
    /// What was learned, without what the actors of incidents did from their beginning on: an attacker's ways must not become usual.
    /// </summary>
    /// <param name="incidents">What replaying found.</param>
    public Baseline Finish(IEnumerable<ReplayedCase> incidents)
    {
        var actors = drafts.ToImmutableDictionary(draft => draft.Key, draft => draft.Value.Finish(), StringComparer.Ordinal).ToBuilder();
        foreach (var incident in incidents)
        {
            foreach (var actor in incident.Actors.Where(actor => actors.ContainsKey(actor.Key)))
                actors[actor.Key] = actors[actor.Key].Before(incident.FirstAlert.Begins - Correlation.Incident.Lead);
        }

        return new(actors.Where(actor => !actor.Value.Seen.IsEmpty).ToImmutableDictionary(StringComparer.Ordinal));
    }

    private sealed class Draft
    {
        private readonly Dictionary<Trait, Span> seen = [];
        private readonly HashSet<int> days = [];
        private ActorHistory cut = ActorHistory.Empty;

        public void Add(DateTimeOffset time, ImmutableArray<Trait> traits)
        {
            days.Add((int)(time.UtcTicks / TimeSpan.TicksPerDay));
            foreach (var trait in traits)
                seen[trait] = seen.TryGetValue(trait, out var span) ? span.With(new(time, time)) : new(time, time);
            if (seen.Count <= CutAt)
                return;
            cut = Finish();
            seen.Clear();
        }

        public ActorHistory Finish() => cut.Merge(new([.. days], seen.ToImmutableDictionary()));
    }
}
