using ResponseKit.Actors;

namespace ResponseKit.Correlation.Blame;

/// <summary>
/// What one identity did: of the same things done within five minutes only the first and the last are kept. Because the same thing done again is no
/// further evidence, and no window of the correlator is shorter, judging what is kept gives what judging everything would, in whatever order
/// it came.
/// </summary>
/// <param name="actor">Who it is, as the first observation has it.</param>
/// <param name="key">The access key that it used; null where none was recorded.</param>
/// <param name="session">The id of the role's session that it is; null for anything else.</param>
internal sealed class Thinned(Actor actor, string? key, string? session)
{
    private static readonly long Bucket = TimeSpan.FromMinutes(5).Ticks;

    private readonly Dictionary<(Likeness Likeness, long Bucket), (Observation First, Observation Last)> same = [];
    private readonly Dictionary<string, Observation> unlike = new(StringComparer.Ordinal);
    private readonly List<long> times = [];

    /// <summary>Who it is.</summary>
    public Actor Actor => actor;

    /// <summary>The access key; null where none was recorded.</summary>
    public string? Key => key;

    /// <summary>The id of the session; null for anything but a role's session.</summary>
    public string? Session => session;

    /// <summary>The observations that are kept.</summary>
    public IEnumerable<Observation> Kept => unlike.Values.Concat(
        same.Values.SelectMany(pair => ReferenceEquals(pair.First, pair.Last) ? [pair.First] : new[] { pair.First, pair.Last }));

    /// <summary>How many observations are kept.</summary>
    public int Count => unlike.Count + (2 * same.Count);

    /// <summary>When every one of them was made, those that were not kept included, as ticks in UTC; in no order.</summary>
    public IReadOnlyList<long> Times => times;

    /// <summary>Everybody's deeds, each event once.</summary>
    public static IReadOnlyCollection<Thinned> All(IEnumerable<Observation> observations)
    {
        var identities = new Dictionary<(string, string?, string?), Thinned>();
        foreach (var one in observations.DistinctBy(one => one.EventId, StringComparer.Ordinal))
        {
            if (!identities.TryGetValue((one.Actor.Key, one.AccessKeyId, one.Session), out var identity))
                identities[(one.Actor.Key, one.AccessKeyId, one.Session)] = identity = new(one.Actor, one.AccessKeyId, one.Session);
            identity.Add(one);
        }

        return identities.Values;
    }

    /// <summary>Adds an observation. The same event must not be added twice.</summary>
    public void Add(Observation observation)
    {
        times.Add(observation.Time.UtcTicks);
        // What was made or entered is never like something else.
        if (!observation.Lineage.IsEmpty || !observation.Links.IsEmpty)
        {
            unlike[observation.EventId] = observation;
            return;
        }

        var kind = (new Likeness(observation), observation.Time.UtcTicks / Bucket);
        same[kind] = same.TryGetValue(kind, out var pair)
            ? (Earlier(pair.First, observation) ? pair.First : observation, Earlier(pair.Last, observation) ? observation : pair.Last)
            : (observation, observation);
    }

    /// <summary>Forgets what was done before a time.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var (id, observation) in unlike)
        {
            if (observation.Time < before)
                unlike.Remove(id);
        }

        foreach (var (kind, pair) in same)
        {
            if (pair.Last.Time < before)
                same.Remove(kind);
        }

        times.RemoveAll(time => time < before.UtcTicks);
    }

    private static bool Earlier(Observation one, Observation other) =>
        (one.Time, one.EventId).CompareTo((other.Time, other.EventId)) <= 0;
}
