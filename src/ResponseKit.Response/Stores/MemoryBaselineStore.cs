using System.Collections.Concurrent;
using System.Collections.Immutable;
using ResponseKit.Correlation.Novelty;

namespace ResponseKit.Response.Stores;

/// <summary>Keeps histories in memory, for a drill.</summary>
public sealed class MemoryBaselineStore : IBaselineStore
{
    private readonly ConcurrentDictionary<string, ActorHistory> histories = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<ActorHistory> OfAsync(string actorKey, CancellationToken cancellationToken) =>
        Task.FromResult(histories.GetValueOrDefault(actorKey) ?? ActorHistory.Empty);

    /// <inheritdoc/>
    public Task LearnAsync(string actorKey, DateTimeOffset time, ImmutableArray<Trait> traits, CancellationToken cancellationToken)
    {
        histories.AddOrUpdate(actorKey, _ => ActorHistory.Empty.Add(time, traits), (_, history) => history.Add(time, traits));
        return Task.CompletedTask;
    }
}
