using System.Collections.Immutable;
using ResponseKit.Aws.Accounts;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

/// <summary>Enters one account with all rights, for tests that are not about rights.</summary>
internal sealed class AdministratorAccess(TestAccount account) : IAccountAccess
{
    public Task<AwsClients> EnterAsync(string accountId, string region, ImmutableArray<Permission> permissions, CancellationToken cancellationToken) =>
        Task.FromResult(account.ClientsAs("AKIAROOT" + account.Id, "any"));
}
