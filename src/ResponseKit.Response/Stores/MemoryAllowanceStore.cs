using System.Collections.Concurrent;
using System.Collections.Immutable;
using ResponseKit.Correlation;

namespace ResponseKit.Response.Stores;

/// <summary>Keeps allowances in memory.</summary>
public sealed class MemoryAllowanceStore : IAllowanceStore
{
    private readonly ConcurrentDictionary<string, Allowance> allowances = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<ImmutableArray<Allowance>> AllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<Allowance>>([.. allowances.Values.OrderBy(allowance => allowance.Id, StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task AddAsync(Allowance allowance, CancellationToken cancellationToken)
    {
        allowances[allowance.Id] = allowance;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => Task.FromResult(allowances.TryRemove(id, out _));
}
