using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Testing;

namespace ResponseKit.Emulator.Tests;

public sealed class EmulatorControlTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private async Task<List<string>> FailuresAsync(TestAccount account)
    {
        using var iam = new AmazonIdentityManagementServiceClient(
            new BasicAWSCredentials("AKIAROOT" + account.Id, "any"),
            (emulator.Settings with { MaxRetries = 0 }).For(new AmazonIdentityManagementServiceConfig(), Region));
        var failures = new List<string>();
        for (var call = 0; call < 20; call++)
        {
            try
            {
                await iam.ListUsersAsync(new ListUsersRequest());
                failures.Add("none");
            }
            catch (AmazonServiceException error)
            {
                failures.Add(error.ErrorCode);
            }
        }

        return failures;
    }

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
    public async Task What_failed_by_chance_can_be_written_read_and_repeated_in_another_account()
    {
        using var account = emulator.NewAccount();
        using var other = emulator.NewAccount();
        await emulator.Control.BeginChanceAsync(new EmulatorChance(account.Id, Seed: 22) { Throttle = 0.2, Drop = 0.15, Lost = 0.3, LateError = 0.2, Services = ["iam"] }, CancellationToken.None);
        var met = await FailuresAsync(account);
        var injected = await emulator.Control.EndChanceAsync(account.Id, CancellationToken.None);
        var calm = await FailuresAsync(account);

        var repeated = InjectedFault.Parse(InjectedFault.Write(injected));
        await emulator.Control.BeginChanceAsync(new EmulatorChance(other.Id, Seed: 0) { Repeat = repeated }, CancellationToken.None);
        var again = await FailuresAsync(other);

        Assert.Equal(5, injected.Select(fault => fault.Kind).Append(EmulatorFaultKind.Empty).Distinct().Count());
        Assert.Equal(injected.AsEnumerable(), repeated);
        Assert.Contains("InternalFailure", met);
        Assert.Contains("Throttling", met);
        Assert.Equal(met, again);
        Assert.All(calm, failure => Assert.Equal("none", failure));
    }

    [Fact]
    public async Task Calls_take_a_round_trip_where_that_is_switched_on()
    {
        using var account = emulator.NewAccount();
        await account.Admin.Iam(Region).ListUsersAsync(new ListUsersRequest());
        await emulator.Control.AddLatencyAsync(TimeSpan.FromMilliseconds(200), jitter: 0.25, account.Id, CancellationToken.None);
        var started = TimeProvider.System.GetTimestamp();

        await account.Admin.Iam(Region).ListUsersAsync(new ListUsersRequest());

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(150));
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
