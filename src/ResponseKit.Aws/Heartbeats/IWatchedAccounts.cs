using System.Collections.Immutable;

namespace ResponseKit.Aws.Heartbeats;

/// <summary>Which accounts are watched now: they come and go.</summary>
public interface IWatchedAccounts
{
    /// <summary>Their ids.</summary>
    Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>Always the same ones.</summary>
/// <param name="accounts">Their ids.</param>
public sealed class GivenAccounts(ImmutableArray<string> accounts) : IWatchedAccounts
{
    /// <inheritdoc/>
    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(accounts);
}
