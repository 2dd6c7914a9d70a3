using System.Collections.Immutable;
using ResponseKit.Response;

namespace ResponseKit.Aws.Accounts;

/// <summary>The way into an account.</summary>
public interface IAccountAccess
{
    /// <summary>
    /// Enters an account with no more than the given permissions. Throws <see cref="AccountAccessException"/> when the account cannot be entered.
    /// </summary>
    Task<AwsClients> EnterAsync(string account, string region, ImmutableArray<Permission> permissions, CancellationToken cancellationToken);
}
