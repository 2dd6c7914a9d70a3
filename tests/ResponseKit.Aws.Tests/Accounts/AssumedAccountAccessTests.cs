using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Accounts;

public sealed class AssumedAccountAccessTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Region = "us-east-1";
    private static readonly Permission MayList = new("iam:ListUsers");

    [Fact]
    public async Task A_session_may_do_what_was_asked_for_and_nothing_else_whatever_the_role_may()
    {
        using var account = emulator.NewAccount();
        var access = await (await EmulatorFixture.HubAsync()).AdmitToAsync(account, Region);

        using var aws = await access.EnterAsync(account.Id, Region, [MayList], CancellationToken.None);
        await aws.Iam(Region).ListUsersAsync(new ListUsersRequest());
        var error = await Assert.ThrowsAsync<AmazonIdentityManagementServiceException>(() => aws.Iam(Region).CreateUserAsync(new CreateUserRequest { UserName = "x" }));

        Assert.Equal("AccessDenied", error.ErrorCode);
    }

    [Fact]
    public async Task Calls_are_made_in_the_name_of_the_action_and_its_incident()
    {
        using var account = emulator.NewAccount();
        var access = await (await EmulatorFixture.HubAsync()).AdmitToAsync(account, Region);
        var before = await account.JournalEndAsync();

        using var aws = await access.For("iam.contain-user", "INC 42/ä").EnterAsync(account.Id, Region, [MayList], CancellationToken.None);
        await aws.Iam(Region).ListUsersAsync(new ListUsersRequest());

        var call = Assert.Single(await account.JournalAsync(before), call => call.Call == "iam:ListUsers");
        Assert.EndsWith(":assumed-role/ResponseKitResponder/iam.contain-user@INC-42--", call.Principal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_used_again_while_it_lives()
    {
        using var account = emulator.NewAccount();
        var hub = await EmulatorFixture.HubAsync();
        var access = await hub.AdmitToAsync(account, Region);
        // A name of its own tells this test's sessions from those of others in the same hub.
        var mine = access.For("iam.contain-user", account.Id);

        using var first = await mine.EnterAsync(account.Id, Region, [MayList], CancellationToken.None);
        using var second = await access.For("iam.contain-user", account.Id).EnterAsync(account.Id, Region, [MayList], CancellationToken.None);
        await first.Iam(Region).ListUsersAsync(new ListUsersRequest());
        await second.Iam(Region).ListUsersAsync(new ListUsersRequest());

        var keys = (await account.JournalAsync()).Where(call => call.Call == "iam:ListUsers").Select(call => call.Key).Distinct();
        Assert.Single(keys);
    }

    [Fact]
    public async Task An_account_without_the_role_is_an_error_that_says_which_and_what_to_do()
    {
        using var account = emulator.NewAccount();
        var access = await (await EmulatorFixture.HubAsync()).AdmitToAsync(account, Region);

        var error = await Assert.ThrowsAsync<AccountAccessException>(() => access.EnterAsync("999988887777", Region, [MayList], CancellationToken.None));

        Assert.Contains("999988887777", error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", error.Message, StringComparison.Ordinal);
        Assert.Contains("Deploy the responder role", error.Message, StringComparison.Ordinal);
    }
}
