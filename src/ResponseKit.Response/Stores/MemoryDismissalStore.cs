using System.Collections.Concurrent;

namespace ResponseKit.Response.Stores;

/// <summary>Keeps in memory which evidence counts no more.</summary>
public sealed class MemoryDismissalStore : IDismissalStore
{
    private readonly ConcurrentQueue<Dismissal> kept = new();

    /// <inheritdoc/>
    public Task<IReadOnlyList<Dismissal>> OfAsync(string incident, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Dismissal>>([.. kept.Where(one => one.Incident == incident)]);

    /// <inheritdoc/>
    public Task KeepAsync(Dismissal dismissal, CancellationToken cancellationToken)
    {
        kept.Enqueue(dismissal);
        return Task.CompletedTask;
    }
}
