using System.Collections.Immutable;
using ResponseKit.Correlation;

namespace ResponseKit.Response.Stores;

/// <summary>Where it is kept what persons have allowed to whom was braked.</summary>
public interface IAllowanceStore
{
    /// <summary>All that there are, also those that have expired or cannot be verified, which say so.</summary>
    Task<ImmutableArray<Allowance>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Keeps one, in place of an earlier one with its id.</summary>
    Task AddAsync(Allowance allowance, CancellationToken cancellationToken);

    /// <summary>Takes one away.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);
}
