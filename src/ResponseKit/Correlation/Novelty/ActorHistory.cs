using System.Collections.Immutable;
using System.Globalization;

namespace ResponseKit.Correlation.Novelty;

/// <summary>
/// What one actor has been seen to do, as far as it can be usual: which traits, from when to when, and on which days. Histories are put together
/// in any order and any number of times with the same outcome.
/// </summary>
/// <param name="Days">The days on which the actor was seen, as days since 0001-01-01 UTC; the latest <see cref="MaxDays"/>.</param>
/// <param name="Seen">Each trait with its first and last time; the most recent <see cref="MaxTraits"/>.</param>
public sealed record ActorHistory(ImmutableSortedSet<int> Days, ImmutableDictionary<Trait, Span> Seen)
{
    /// <summary>How many days are remembered.</summary>
    public const int MaxDays = 60;

    /// <summary>How many traits are remembered: an actor with more than this has no habits.</summary>
    public const int MaxTraits = 400;

    /// <summary>Nothing is known until it is so old: what an attacker does for the first time must not become usual while he is at it.</summary>
    public static readonly TimeSpan Probation = TimeSpan.FromHours(24);

    /// <summary>What was not seen for so long is not usual any more.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromDays(90);

    private static readonly TimeSpan Stale = TimeSpan.FromHours(12);

    private const long MostUsualUsd = 2_000;
    private static readonly TimeSpan SpendProbation = TimeSpan.FromDays(7);

    private const int SettledAfterDays = 10;
    private const int UnsettledDays = 2;

    /// <summary>The history of an actor who was never seen.</summary>
    public static ActorHistory Empty { get; } = new([], ImmutableDictionary<Trait, Span>.Empty);

    /// <summary>The history with one more call.</summary>
    public ActorHistory Add(DateTimeOffset time, IEnumerable<Trait> traits)
    {
        var seen = Seen.ToBuilder();
        foreach (var trait in traits)
            seen[trait] = seen.TryGetValue(trait, out var span) ? span.With(new(time, time)) : new(time, time);
        return Bounded(Days.Add(DayOf(time)), seen.ToImmutable());
    }

    /// <summary>Both histories together.</summary>
    public ActorHistory Merge(ActorHistory other)
    {
        var seen = Seen.ToBuilder();
        foreach (var (trait, span) in other.Seen)
            seen[trait] = seen.TryGetValue(trait, out var known) ? known.With(span) : span;
        return Bounded(Days.Union(other.Days), seen.ToImmutable());
    }

    /// <summary>Whether a call says something that is worth writing down: a trait or a day not seen yet, or a trait last seen more than half a day before.</summary>
    public bool IsNews(DateTimeOffset time, ImmutableArray<Trait> traits) =>
        !Days.Contains(DayOf(time)) || traits.Any(trait => !Seen.TryGetValue(trait, out var span) || span.First > time || time - span.Last > Stale);

    /// <summary>The history as it was before a time: what was first seen then or later is left out.</summary>
    public ActorHistory Before(DateTimeOffset time) => new(
        [.. Days.Where(day => day < DayOf(time))],
        Seen.Where(pair => pair.Value.First < time)
            .ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Last < time ? pair.Value : pair.Value with { Last = time }));

    /// <summary>Whether a trait is usual for the actor at a time.</summary>
    public bool Knows(Trait trait, DateTimeOffset time) =>
        Seen.TryGetValue(trait, out var span) && span.First <= time - Probation && span.Last >= time - Forgotten;

    /// <summary>
    /// How much can be said of what is usual for the actor at a time: 0 for one seen on two days or fewer, 1 for one seen on ten.
    /// </summary>
    public double SettledAt(DateTimeOffset time)
    {
        var (from, to) = (DayOf(time - Forgotten), DayOf(time - Probation));
        var days = Days.Count(day => day >= from && day <= to);
        return Math.Clamp((days - UnsettledDays) / (double)(SettledAfterDays - UnsettledDays), 0, 1);
    }

    /// <summary>
    /// What it is usual for the actor to run, in millionths of a US dollar an hour: twice what the dearest call came to that was made again after a day or more, and for
    /// the first time a week ago or earlier. It has a limit, so that nobody can make a mine usual by patience.
    /// </summary>
    public long UsualMicros(DateTimeOffset time) => Seen
        .Where(pair => pair.Key.Kind == TraitKind.Spend && pair.Value.First <= time - SpendProbation && pair.Value.Last >= time - Forgotten
            && pair.Value.Last - pair.Value.First >= Probation)
        .Select(pair => long.TryParse(pair.Key.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var usd) ? Math.Min(2 * usd, MostUsualUsd) * 1_000_000 : 0)
        .DefaultIfEmpty(0).Max();

    /// <summary>How many values of a kind are usual at a time: who is everywhere cannot be somewhere new.</summary>
    public int Variety(TraitKind kind, DateTimeOffset time) => Seen.Keys.Count(trait => trait.Kind == kind && Knows(trait, time));

    private static int DayOf(DateTimeOffset time) => (int)(Math.Max(time.UtcTicks, 0) / TimeSpan.TicksPerDay);

    private static ActorHistory Bounded(ImmutableSortedSet<int> days, ImmutableDictionary<Trait, Span> seen) => new(
        days.Count <= MaxDays ? days : [.. days.Skip(days.Count - MaxDays)],
        seen.Count <= MaxTraits
            ? seen
            : seen.OrderByDescending(pair => pair.Value.Last).ThenBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Value, StringComparer.Ordinal)
                .Take(MaxTraits).ToImmutableDictionary());
}
