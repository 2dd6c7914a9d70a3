using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class DeactivateAccessKeyTests(EmulatorFixture emulator) : ActionContract<DeactivateAccessKey>(emulator)
{
    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a second key on a user with a path", stage => WithKeysAsync(stage, "ops-bot", "/ops/", keys => keys[1])),
        new("a key of a user with a name of 64 characters", stage => WithKeysAsync(stage, new string('k', 64), "/", keys => keys[0])),
        new("a key that is inactive already", async stage =>
        {
            var arrangement = await WithKeysAsync(stage, "idle", "/", keys => keys[0]);
            await SetAsync(stage.Account, "idle", arrangement.Targets[0].Name.Split('/')[1], StatusType.Inactive);
            return arrangement;
        })
        {
            Outcome = ReceiptStatus.AlreadyInPlace,
        },
        new("a key that is gone", stage => WithKeysAsync(stage, "someone", "/", _ => "AKIAIOSFODNN7EXAMPLE")) { Outcome = ReceiptStatus.NotFound },
        new("a key of a user that is gone", stage => Task.FromResult(new Arrangement(stage.Resource(ResourceKind.AccessKey, "ghost/AKIAIOSFODNN7EXAMPLE"))
        {
            Snapshot = () => IamSeed.UserStateAsync(stage.Admin.Iam(stage.Region), "ghost"),
        }))
        {
            Outcome = ReceiptStatus.NotFound,
        },
    ];

    [Fact]
    public async Task Deactivates_only_the_key_that_is_named()
    {
        using var account = Emulator.NewAccount();
        var (first, second) = await TwoKeysAsync(account);
        var harness = await ActionHarness.CreateAsync(new DeactivateAccessKey(), account);

        await harness.ApplyAsync(account.Resource(ResourceKind.AccessKey, $"ci-bot/{second}"));

        Assert.Equal(StatusType.Active, await StatusAsync(account, first));
        Assert.Equal(StatusType.Inactive, await StatusAsync(account, second));
    }

    [Fact]
    public async Task A_key_that_is_switched_on_again_is_found_and_switched_off_again()
    {
        using var account = Emulator.NewAccount();
        var (_, key) = await TwoKeysAsync(account);
        var harness = await ActionHarness.CreateAsync(new DeactivateAccessKey(), account);
        var target = account.Resource(ResourceKind.AccessKey, $"ci-bot/{key}");
        await harness.ApplyAsync(target);
        await SetAsync(account, "ci-bot", key, StatusType.Active);

        Assert.Equal(ReceiptStatus.Broken, (await harness.VerifyAsync(target)).Status);
        Assert.Equal(ReceiptStatus.Applied, (await harness.ApplyAsync(target)).Status);
        Assert.Equal(StatusType.Inactive, await StatusAsync(account, key));
    }

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("ci-bot/")]
    [InlineData("/AKIAIOSFODNN7EXAMPLE")]
    public async Task A_target_that_is_no_user_and_key_is_refused_with_what_is_accepted(string name)
    {
        using var account = Emulator.NewAccount();
        var harness = await ActionHarness.CreateAsync(new DeactivateAccessKey(), account);

        var receipt = await harness.ApplyAsync(account.Resource(ResourceKind.AccessKey, name));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("such as ci-bot/AKIA", receipt.Message, StringComparison.Ordinal);
        Assert.Empty(harness.LastCalls);
    }

    private static async Task<Arrangement> WithKeysAsync(ScenarioStage stage, string user, string path, Func<string[], string> choose)
    {
        var iam = stage.Admin.Iam(stage.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = user, Path = path });
        var keys = new[] { await MakeKeyAsync(iam, user), await MakeKeyAsync(iam, user) };
        return new Arrangement(stage.Resource(ResourceKind.AccessKey, $"{user}/{choose(keys)}")) { Snapshot = () => IamSeed.UserStateAsync(iam, user) };
    }

    private static async Task<(string First, string Second)> TwoKeysAsync(TestAccount account)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "ci-bot" });
        return (await MakeKeyAsync(iam, "ci-bot"), await MakeKeyAsync(iam, "ci-bot"));
    }

    private static async Task<string> MakeKeyAsync(IAmazonIdentityManagementService iam, string user) =>
        (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = user })).AccessKey.AccessKeyId;

    private static Task SetAsync(TestAccount account, string user, string key, StatusType status) => account.Admin.Iam("us-east-1")
        .UpdateAccessKeyAsync(new UpdateAccessKeyRequest { UserName = user, AccessKeyId = key, Status = status });

    private static async Task<StatusType> StatusAsync(TestAccount account, string key) =>
        (await account.Admin.Iam("us-east-1").ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "ci-bot" }))
        .AccessKeyMetadata.Single(listed => listed.AccessKeyId == key).Status;
}
