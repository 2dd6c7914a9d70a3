using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation;

namespace ResponseKit.Response;

/// <summary>What was said about the evidence of one incident: which of it counts no more.</summary>
public sealed class Dismissals
{
    private readonly AnsweredEvents events;
    private readonly DateTimeOffset before;

    private Dismissals(ImmutableArray<Dismissal> all)
    {
        All = all;
        before = all.Select(one => one.Before).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        events = new AnsweredEvents(all.Select(one => one.Events));
    }

    /// <summary>Nothing was said.</summary>
    public static Dismissals None { get; } = new([]);

    /// <summary>All that bear on the incident as a whole, the oldest first.</summary>
    public ImmutableArray<Dismissal> All { get; }

    /// <summary>
    /// Those of an incident that bear on it as a whole. That somebody undid the containment of another than its root actor says nothing about what the root did.
    /// </summary>
    /// <param name="incident">The incident.</param>
    /// <param name="all">All that was said, in any order.</param>
    public static Dismissals Of(Incident incident, IEnumerable<Dismissal> all)
    {
        var root = ActorResource.Of(incident.Root)?.ToArn();
        ImmutableArray<Dismissal> bearing = [.. all.Where(one => one.Kind != DismissalKind.Released || (root is not null && one.Released.Contains(root))).OrderBy(one => one.At)];
        return bearing.IsEmpty ? None : new(bearing);
    }

    /// <summary>Whether an observation counts no more.</summary>
    public bool Covers(Observation observation) => observation.Time < before || (!All.IsEmpty && events.Has(observation.EventId));

    /// <summary>What ended a round for good; null when nothing did. That a single containment was undone ends none.</summary>
    public Dismissal? OfRound(int round) => All.LastOrDefault(one => one.Kind != DismissalKind.Released && one.Round >= round);
}
