using System.Collections.Immutable;

namespace ResponseKit.Correlation.Novelty;

/// <summary>What is usual, actor by actor. An empty one says nothing about anybody, and nothing is then taken for unusual.</summary>
/// <param name="Actors">Each actor's history by the actor's key.</param>
public sealed record Baseline(ImmutableDictionary<string, ActorHistory> Actors)
{
    /// <summary>A baseline without history.</summary>
    public static Baseline Empty { get; } = new(ImmutableDictionary.Create<string, ActorHistory>(StringComparer.Ordinal));

    /// <summary>The history of an actor; an empty one when there is none.</summary>
    public ActorHistory Of(string actorKey) => Actors.GetValueOrDefault(actorKey) ?? ActorHistory.Empty;

    /// <summary>Both baselines together.</summary>
    public Baseline Merge(Baseline other) => new(other.Actors.Aggregate(Actors, (all, actor) => all.SetItem(actor.Key, Of(actor.Key).Merge(actor.Value))));

    /// <summary>The baseline without what was not seen for <see cref="ActorHistory.Forgotten"/> before a time.</summary>
    public Baseline Aged(DateTimeOffset now)
    {
        var oldest = now - ActorHistory.Forgotten;
        return new(Actors
            .Select(actor => KeyValuePair.Create(
                actor.Key, actor.Value with { Seen = actor.Value.Seen.Where(pair => pair.Value.Last >= oldest).ToImmutableDictionary() }))
            .Where(actor => !actor.Value.Seen.IsEmpty)
            .ToImmutableDictionary(StringComparer.Ordinal));
    }
}
