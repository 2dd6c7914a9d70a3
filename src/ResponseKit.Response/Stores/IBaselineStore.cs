using System.Collections.Immutable;
using ResponseKit.Correlation.Novelty;

namespace ResponseKit.Response.Stores;

/// <summary>Where it is kept what is usual for whom.</summary>
public interface IBaselineStore
{
    /// <summary>What is usual for an actor; an empty history when nothing is known.</summary>
    Task<ActorHistory> OfAsync(string actorKey, CancellationToken cancellationToken);

    /// <summary>Adds a call to an actor's history. A call that says nothing new costs no write.</summary>
    Task LearnAsync(string actorKey, DateTimeOffset time, ImmutableArray<Trait> traits, CancellationToken cancellationToken);
}
