using Amazon.Organizations;
using Amazon.Organizations.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Heartbeats;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Heartbeats;

public sealed class OrganizationAccountsTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Accounts_of_a_unit_and_of_the_units_below_it_are_watched_and_others_are_not()
    {
        using var management = emulator.NewAccount();
        using var organizations = new AmazonOrganizationsClient(
            new BasicAWSCredentials("AKIAROOT" + management.Id, "any"), emulator.Settings.For(new AmazonOrganizationsConfig(), "us-east-1"));
        await organizations.CreateOrganizationAsync(new CreateOrganizationRequest());
        var root = Assert.Single((await organizations.ListRootsAsync(new ListRootsRequest())).Roots).Id;
        var unit = await UnitAsync(organizations, root, "workloads");
        var below = await UnitAsync(organizations, unit, "production");
        var (direct, deep, elsewhere) = (await AccountAsync(organizations, root, unit), await AccountAsync(organizations, root, below), await AccountAsync(organizations, root, null));

        var watched = await new OrganizationAccounts(organizations, [unit, below], [management.Id]).ListAsync(CancellationToken.None);

        Assert.Equal(new[] { direct, deep, management.Id }.Order(StringComparer.Ordinal), watched);
        Assert.Contains(elsewhere, await new OrganizationAccounts(organizations, [root], []).ListAsync(CancellationToken.None));
    }

    private static async Task<string> UnitAsync(AmazonOrganizationsClient organizations, string parent, string name) =>
        (await organizations.CreateOrganizationalUnitAsync(new CreateOrganizationalUnitRequest { ParentId = parent, Name = name })).OrganizationalUnit.Id;

    private static async Task<string> AccountAsync(AmazonOrganizationsClient organizations, string root, string? unit)
    {
        var name = $"a{Guid.NewGuid():N}";
        var account = (await organizations.CreateAccountAsync(new CreateAccountRequest { AccountName = name, Email = $"{name}@example.com" })).CreateAccountStatus.AccountId;
        if (unit is not null)
            await organizations.MoveAccountAsync(new MoveAccountRequest { AccountId = account, SourceParentId = root, DestinationParentId = unit });
        return account;
    }
}
