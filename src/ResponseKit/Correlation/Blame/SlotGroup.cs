namespace ResponseKit.Correlation.Blame;

/// <summary>
/// The observations of one kind within one slot. Of the same thing done again the first is kept, and the first of the last minute in which it was done. Once more
/// different things were done than there is room for, the earliest are kept, and the first of the last minute of them all.
/// </summary>
/// <param name="example">One of them.</param>
internal sealed class SlotGroup(Observation example)
{
    private readonly Dictionary<Likeness, (Observation First, Observation Last)> things = [];
    private Observation? last;

    /// <summary>Whether more different things were done than there was room for.</summary>
    public bool IsFull => last is not null;

    /// <summary>Whether they are of calls that took effect, and that say something.</summary>
    public bool HasEffect { get; } = example.Signals.Any(signal => signal.Outcome.TookEffect);

    /// <summary>What is kept.</summary>
    public IEnumerable<Observation> Kept
    {
        get
        {
            foreach (var (first, latest) in things.Values)
            {
                yield return first;
                if (!IsFull && !ReferenceEquals(first, latest))
                    yield return latest;
            }

            if (last is not null && !things.Values.Any(thing => IsSame(thing.First, last)))
                yield return last;
        }
    }

    /// <summary>Adds an observation; what is there already changes nothing.</summary>
    /// <param name="observation">One of this kind.</param>
    /// <param name="room">How many different things there is room for.</param>
    /// <returns>Whether it made a difference.</returns>
    public bool Add(Observation observation, int room)
    {
        var thing = new Likeness(observation);
        var isKnown = things.TryGetValue(thing, out var there);
        var changed = false;
        if (isKnown)
        {
            var (first, latest) = (Earlier(there.First, observation), Later(there.Last, observation));
            // In a full group the last of each does not count any more.
            changed = !IsSame(first, there.First) || (!IsFull && !IsSame(latest, there.Last));
            if (changed)
            {
                things.Remove(thing);
                things[new(first)] = (first, latest);
            }
        }
        else if (!IsFull || IsBefore(observation, Latest().First))
        {
            things[thing] = (observation, observation);
            changed = true;
        }

        if (last is not null && Later(last, observation) is var later && !IsSame(later, last))
            (last, changed) = (later, true);
        return Shrink(room) || changed;
    }

    /// <summary>Leaves no more than there is room for.</summary>
    /// <returns>Whether anything was left out.</returns>
    public bool Shrink(int room)
    {
        if (things.Count <= room)
            return false;
        last ??= things.Values.Select(thing => thing.Last).Aggregate(Later);
        while (things.Count > room)
            things.Remove(new Likeness(Latest().First));
        return true;
    }

    /// <summary>Says that it was full when it was written.</summary>
    public void Fill() => last ??= things.Values.Select(thing => thing.Last).Aggregate(Later);

    private (Observation First, Observation Last) Latest() => things.Values.Aggregate((one, other) => IsBefore(one.First, other.First) ? other : one);

    private static Observation Earlier(Observation one, Observation other) => IsBefore(other, one) ? other : one;

    // Of one minute the first: so a flood of the same thing makes a difference once a minute, not each time.
    private static Observation Later(Observation one, Observation other) => Minute(one).CompareTo(Minute(other)) switch
    {
        < 0 => other,
        > 0 => one,
        _ => Earlier(one, other),
    };

    private static long Minute(Observation observation) => observation.Time.UtcTicks / TimeSpan.TicksPerMinute;

    private static bool IsSame(Observation one, Observation other) => one.EventId == other.EventId;

    private static bool IsBefore(Observation one, Observation other) =>
        one.Time != other.Time ? one.Time < other.Time : string.CompareOrdinal(one.EventId, other.EventId) < 0;
}
