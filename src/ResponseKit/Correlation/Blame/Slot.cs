using System.Collections.Immutable;

namespace ResponseKit.Correlation.Blame;

/// <summary>
/// What was done within five minutes under one name, as far as it can matter for a verdict: its size is bounded, however much was done. What is left out repeats
/// what is kept: the same detections with the same weights and ends, in the same region by the same credential. It is a function of the set of observations that were
/// added, so that their order and repetition make no difference.
/// </summary>
public sealed class Slot
{
    /// <summary>How long a slot is. No window of the correlator is shorter.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    /// <summary>So many kinds of things are kept at most; grave ones before others, heavy ones before light ones.</summary>
    public const int MaxKinds = 32;

    // As many as a detection counts: see Tally.
    private const int RoomForEffects = 8;

    // What is merely tried costs nothing, so there can be very much of it: the more kinds, the fewer of each. A pattern counts twelve at most.
    private static readonly ImmutableArray<(int Kinds, int Room)> Rooms = [(4, 12), (16, 6), (MaxKinds, 3)];

    private readonly Dictionary<SlotKind, SlotGroup> kinds = [];
    private int room = Rooms[0].Room;

    /// <summary>Whether something was left out that is more than the same thing done again.</summary>
    public bool IsThinned => IsCut || kinds.Values.Any(group => group.IsFull);

    /// <summary>Whether whole kinds of things were left out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What is kept, in no order.</summary>
    public IEnumerable<Observation> Kept => kinds.Values.SelectMany(group => group.Kept);

    /// <summary>The start of the slot that a time lies in.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Length.Ticks), TimeSpan.Zero);

    /// <summary>Makes a slot of what was kept of it.</summary>
    public static Slot Of(SlotContent content)
    {
        var slot = new Slot { IsCut = content.IsCut };
        // Each group is made whole before the room is known: shrinking it later gives the same.
        slot.room = 0;
        foreach (var observation in content.Kept)
            slot.GroupOf(observation).Add(observation, int.MaxValue);
        foreach (var at in content.Full.Where(at => at >= 0 && at < content.Kept.Length))
            slot.GroupOf(content.Kept[at]).Fill();
        slot.MakeRoom();
        return slot;
    }

    /// <summary>What is to be written down of it.</summary>
    public SlotContent ToContent()
    {
        ImmutableArray<Observation> kept = [.. Kept.OrderBy(observation => observation.Time).ThenBy(observation => observation.EventId, StringComparer.Ordinal)];
        var full = new HashSet<SlotKind>(kinds.Where(kind => kind.Value.IsFull).Select(kind => kind.Key));
        return new(kept, [.. kept.Index().Where(one => full.Remove(new SlotKind(one.Item))).Select(one => one.Index)]) { IsCut = IsCut };
    }

    /// <summary>Adds an observation of the slot's time.</summary>
    /// <returns>Whether it made a difference to what is kept.</returns>
    public bool Add(Observation observation)
    {
        var kind = new SlotKind(observation);
        if (kinds.TryGetValue(kind, out var group))
            return group.Add(observation, RoomOf(group));
        var wasCut = IsCut;
        kinds[kind] = group = new(observation);
        group.Add(observation, int.MaxValue);
        MakeRoom();
        return kinds.ContainsKey(kind) || !wasCut;
    }

    private int RoomOf(SlotGroup group) => group.HasEffect ? RoomForEffects : room;

    private SlotGroup GroupOf(Observation observation) =>
        kinds.TryGetValue(new(observation), out var group) ? group : kinds[new(observation)] = new(observation);

    private void MakeRoom()
    {
        while (kinds.Count > MaxKinds)
        {
            kinds.Remove(kinds.Keys.MaxBy(kind => kind.Rank, StringComparer.Ordinal));
            IsCut = true;
        }

        var now = Rooms.First(step => kinds.Count <= step.Kinds).Room;
        if (now == room)
            return;
        room = now;
        foreach (var group in kinds.Values)
            group.Shrink(RoomOf(group));
    }
}
