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

    /// <summary>
    /// The same way in for one action of one incident, so that the account's CloudTrail can tell for what each call was made. The same when
    /// this way cannot tell.
    /// </summary>
    IAccountAccess For(string action, string? incident) => this;
}
