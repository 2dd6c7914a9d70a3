using System.Collections.Immutable;
using Amazon.Organizations;
using Amazon.Organizations.Model;

namespace ResponseKit.Aws.Heartbeats;

/// <summary>
/// The active accounts of organizational units and of the units below them. A delegated administrator of whichever service may ask (Organizations API
/// Reference, "ListAccountsForParent").
/// </summary>
/// <param name="organizations">Organizations.</param>
/// <param name="units">The units, or the root.</param>
/// <param name="more">Accounts that are watched beside them.</param>
public sealed class OrganizationAccounts(IAmazonOrganizations organizations, ImmutableArray<string> units, ImmutableArray<string> more) : IWatchedAccounts
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken)
    {
        var accounts = new SortedSet<string>(more, StringComparer.Ordinal);
        var (left, seen) = (new Queue<string>(units), new HashSet<string>(StringComparer.Ordinal));
        while (left.TryDequeue(out var unit))
        {
            if (!seen.Add(unit))
                continue;
            await AccountsAsync(unit, accounts, cancellationToken);
            await UnitsAsync(unit, left, cancellationToken);
        }

        return [.. accounts];
    }

    private async Task AccountsAsync(string unit, SortedSet<string> accounts, CancellationToken cancellationToken)
    {
        var request = new ListAccountsForParentRequest { ParentId = unit };
        do
        {
            var page = await organizations.ListAccountsForParentAsync(request, cancellationToken);
            accounts.UnionWith((page.Accounts ?? []).Where(account => account.Status == AccountStatus.ACTIVE).Select(account => account.Id));
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is { Length: > 0 });
    }

    private async Task UnitsAsync(string unit, Queue<string> units, CancellationToken cancellationToken)
    {
        var request = new ListOrganizationalUnitsForParentRequest { ParentId = unit };
        do
        {
            var page = await organizations.ListOrganizationalUnitsForParentAsync(request, cancellationToken);
            foreach (var below in page.OrganizationalUnits ?? [])
                units.Enqueue(below.Id);
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is { Length: > 0 });
    }
}
