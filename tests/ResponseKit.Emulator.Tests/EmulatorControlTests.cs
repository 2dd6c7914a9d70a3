using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Testing;

namespace ResponseKit.Emulator.Tests;

public sealed class EmulatorControlTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Region = "us-east-1";

    [Fact]
    public async Task Tells_of_each_call_who_made_it_where_and_how_it_ended()
    {
        using var account = emulator.NewAccount();
        await account.Admin.Iam(Region).CreateUserAsync(new CreateUserRequest { UserName = "somebody" });
        var since = await account.JournalEndAsync();
        await Assert.ThrowsAsync<NoSuchEntityException>(() => account.Admin.Iam(Region).DeleteUserAsync(new DeleteUserRequest { UserName = "nobody" }));

        var call = Assert.Single(await account.JournalAsync(since));

        Assert.Equal("iam:DeleteUser", call.Call);
        Assert.Equal(account.Id, call.Account);
        Assert.Equal("NoSuchEntity", call.Error);
        Assert.False(call.Succeeded);
        Assert.Equal("nobody", call.Params.GetProperty("UserName").GetString());
    }

    [Fact]
    public async Task Gives_the_cloudtrail_records_of_an_account()
    {
        using var account = emulator.NewAccount();
        await account.Admin.Iam(Region).CreateUserAsync(new CreateUserRequest { UserName = "somebody" });

        var page = await emulator.Control.RecordsAsync(0, account.Id, CancellationToken.None);

        var record = Assert.Single(page.Records);
        Assert.Equal("CreateUser", record.GetProperty("eventName").GetString());
        Assert.Equal(account.Id, record.GetProperty("recipientAccountId").GetString());
        Assert.Empty((await emulator.Control.RecordsAsync(page.Next, account.Id, CancellationToken.None)).Records);
    }

    [Fact]
    public async Task Enforces_iam_in_the_accounts_named_and_in_no_other()
    {
        using var strict = emulator.NewAccount();
        using var lax = emulator.NewAccount();
        await strict.EnforceIamAsync();

        var refused = await Assert.ThrowsAnyAsync<AmazonServiceException>(async () => await ListUsersAs(strict, await KeyOfAsync(strict)));
        await ListUsersAs(lax, await KeyOfAsync(lax));

        Assert.Equal("AccessDenied", refused.ErrorCode);
        await strict.Admin.Iam(Region).ListUsersAsync(new ListUsersRequest());
    }

    [Fact]
    public async Task Injects_faults_into_the_calls_of_one_account()
    {
        using var account = emulator.NewAccount();
        using var other = emulator.NewAccount();
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Service = "iam", Action = "ListUsers", Code = "Rotten", Status = 400 });

        var failed = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => account.Admin.Iam(Region).ListUsersAsync(new ListUsersRequest()));
        await other.Admin.Iam(Region).ListUsersAsync(new ListUsersRequest());

        Assert.Equal("Rotten", failed.ErrorCode);
    }

    [Fact]
    public async Task Records_calls_under_the_source_that_a_key_was_given()
    {
        using var account = emulator.NewAccount();
        var key = await KeyOfAsync(account);
        await emulator.Control.SetSourceAsync(key.AccessKeyId, "203.0.113.7", "aws-cli/2.0", CancellationToken.None);
        var since = await account.JournalEndAsync();

        await ListUsersAs(account, key);

        var record = Assert.Single((await emulator.Control.RecordsAsync(since, account.Id, CancellationToken.None)).Records);
        Assert.Equal("203.0.113.7", record.GetProperty("sourceIPAddress").GetString());
        Assert.Equal("aws-cli/2.0", record.GetProperty("userAgent").GetString());
    }

    [Fact]
    public async Task Passes_on_why_the_emulator_refused_a_request()
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Control.EnforceAsync(true, "not-an-account", CancellationToken.None));

        Assert.Contains("12 digits", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<AccessKey> KeyOfAsync(TestAccount account)
    {
        await account.Admin.Iam(Region).CreateUserAsync(new CreateUserRequest { UserName = "plain" });
        return (await account.Admin.Iam(Region).CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "plain" })).AccessKey;
    }

    private static async Task ListUsersAs(TestAccount account, AccessKey key)
    {
        using var clients = account.ClientsAs(key.AccessKeyId, key.SecretAccessKey);
        await clients.Iam(Region).ListUsersAsync(new ListUsersRequest());
    }
}
