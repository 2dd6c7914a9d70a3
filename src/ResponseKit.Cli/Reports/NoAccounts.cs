using System.Collections.Immutable;
using ResponseKit.Aws.Accounts;
using ResponseKit.Response;

namespace ResponseKit.Cli.Reports;

/// <summary>No way into any account: a report is made of what is kept.</summary>
internal sealed class NoAccounts : IAccountAccess
{
    public Task<AwsClients> EnterAsync(string account, string region, ImmutableArray<Permission> permissions, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A report enters no account.");
}
