using ResponseKit.Actors;

namespace ResponseKit.Correlation.Blame;

/// <summary>
/// What one identity did, slot by slot: what it is judged by, which is bounded for each <see cref="Slot"/>, and what it made and opened, which the response needs
/// without exception.
/// </summary>
/// <param name="actor">Who it is, as the first observation has it.</param>
/// <param name="key">The access key that it used; null where none was recorded.</param>
/// <param name="session">The id of the role's session that it is; null for anything else.</param>
internal sealed class Thinned(Actor actor, string? key, string? session)
{
    private readonly Dictionary<long, Slot> slots = [];
    private readonly Dictionary<string, Observation> making = new(StringComparer.Ordinal);
    private readonly List<long> times = [];
    private List<Observation>? kept;

    /// <summary>Who it is.</summary>
    public Actor Actor => actor;

    /// <summary>The access key; null where none was recorded.</summary>
    public string? Key => key;

    /// <summary>The id of the session; null for anything but a role's session.</summary>
    public string? Session => session;

    /// <summary>The observations that it is judged by.</summary>
    public IReadOnlyList<Observation> Kept => kept ??= [.. slots.Values.SelectMany(slot => slot.Kept)];

    /// <summary>Those, and every one by which something was made or opened; some of them twice.</summary>
    public IEnumerable<Observation> Whole => Kept.Concat(making.Values);

    /// <summary>About how many observations are kept.</summary>
    public int Count { get; private set; }

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
        if (observation.HasEffect)
        {
            making[observation.EventId] = observation;
            Count++;
        }

        var start = observation.Time.UtcTicks / Slot.Length.Ticks;
        if (!slots.TryGetValue(start, out var slot))
            slots[start] = slot = new();
        if (!slot.Add(observation))
            return;
        kept = null;
        Count++;
    }

    /// <summary>Forgets the slots that ended before a time, and what was made before it.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var (id, observation) in making)
        {
            if (observation.Time < before)
                making.Remove(id);
        }

        foreach (var start in slots.Keys)
        {
            if ((start + 1) * Slot.Length.Ticks <= before.UtcTicks)
                slots.Remove(start);
        }

        times.RemoveAll(time => time < before.UtcTicks);
        kept = null;
        Count = Kept.Count + making.Count;
    }
}
