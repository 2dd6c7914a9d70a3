using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;

namespace ResponseKit.Cli.Replay;

/// <summary>What is remarkable about a record.</summary>
/// <param name="First">What there is to keep of it by the policy.</param>
/// <param name="Second">What there is to keep of it by the policy that it is compared with.</param>
/// <param name="ActorKey">Who called.</param>
/// <param name="Time">When.</param>
/// <param name="Traits">What may become usual for the actor.</param>
internal sealed record Note(Observation? First, Observation? Second, string ActorKey, DateTimeOffset Time, ImmutableArray<Trait> Traits);

/// <summary>Notes that one thread has taken and not passed on yet. Added to by one thread, moved by any.</summary>
internal sealed class NoteBatch
{
    private const int Worth = 64;
    private const int Most = 4096;

    private readonly List<Note> notes = [];
    private readonly Lock gate = new();

    /// <summary>Whether passing them on is worth the effort.</summary>
    public bool IsWorthPassingOn => notes.Count >= Worth;

    /// <summary>Whether they have to be passed on, lest they become too many.</summary>
    public bool IsFull => notes.Count >= Most;

    public void Add(Note note)
    {
        lock (gate)
            notes.Add(note);
    }

    public void MoveTo(Action<Note> take)
    {
        lock (gate)
        {
            notes.ForEach(take);
            notes.Clear();
        }
    }
}
