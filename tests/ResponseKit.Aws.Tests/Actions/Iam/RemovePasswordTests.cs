using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class RemovePasswordTests(EmulatorFixture emulator) : ActionContract<RemovePassword>(emulator)
{
    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a password for a user with a key", stage => MadeAsync(stage, async scene =>
        {
            await CredentialScene.KeyAsync(scene.Admin);
            await CredentialScene.GivePasswordAsync(scene.Theirs);
        }))
        {
            RevertRestores = false,
        },
        new("a password that the actor changed again, of a user whom they renamed", stage => MadeAsync(stage, async scene =>
        {
            await CredentialScene.GivePasswordAsync(scene.Theirs);
            await scene.Theirs.UpdateLoginProfileAsync(new UpdateLoginProfileRequest { UserName = "bob", Password = "Another-horse-9-battery" });
            await scene.Theirs.UpdateUserAsync(new UpdateUserRequest { UserName = "bob", NewUserName = "bib" });
        }))
        {
            RevertRestores = false,
        },
        new("a password that is gone", stage => MadeAsync(stage, _ => Task.CompletedTask)) { Outcome = ReceiptStatus.AlreadyInPlace },
        new("a user who is gone", stage => MadeAsync(stage, scene => scene.Admin.DeleteUserAsync(new DeleteUserRequest { UserName = "bob" })))
        {
            Outcome = ReceiptStatus.NotFound,
        },
    ];

    [Theory]
    [InlineData("had one before")]
    [InlineData("was given another since")]
    [InlineData("has a new one in its place")]
    public async Task A_password_of_an_innocent_stays(string history)
    {
        using var account = Emulator.NewAccount();
        using var scene = await CredentialScene.CreateAsync(account);
        var since = Claims.Now();
        await CredentialScene.GivePasswordAsync(history == "was given another since" ? scene.Theirs : scene.Admin);
        if (history == "was given another since")
            await scene.Admin.UpdateLoginProfileAsync(new UpdateLoginProfileRequest { UserName = "bob", Password = "Another-horse-9-battery" });
        since = history switch
        {
            "had one before" => Claims.Now(+60),
            "has a new one in its place" => Claims.Now(-60),
            _ => since,
        };
        var harness = await ActionHarness.CreateAsync(new RemovePassword(), account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [scene.Password()], scene.Made(since));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.True(await scene.HasPasswordAsync());
        Assert.Equal(ReceiptStatus.Holds, (await harness.RunAsync(ActionMode.Verify, [scene.Password()], scene.Made(since))).Status);
    }

    [Fact]
    public async Task A_password_that_its_user_changed_is_left_to_a_person()
    {
        using var account = Emulator.NewAccount();
        using var scene = await CredentialScene.CreateAsync(account);
        await scene.Admin.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "bob", PolicyArn = IamSeed.Administrator });
        var key = (await scene.Admin.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "bob" })).AccessKey;
        var since = Claims.Now();
        await CredentialScene.GivePasswordAsync(scene.Theirs);
        using var bob = account.ClientsAs(key.AccessKeyId, key.SecretAccessKey, null);
        await bob.Iam("us-east-1").UpdateLoginProfileAsync(new UpdateLoginProfileRequest { UserName = "bob", Password = "My-own-horse-9-battery" });
        var harness = await ActionHarness.CreateAsync(new RemovePassword(), account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [scene.Password()], scene.Made(since));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains("user/bob", receipt.Message, StringComparison.Ordinal);
        Assert.True(await scene.HasPasswordAsync());
    }

    private static async Task<Arrangement> MadeAsync(ScenarioStage stage, Func<CredentialScene, Task> make)
    {
        var scene = await CredentialScene.CreateAsync(stage.Account);
        var since = Claims.Now();
        await make(scene);
        return new Arrangement(scene.Password())
        {
            Options = scene.Made(since),
            Snapshot = async () => $"{await scene.StateAsync()}\n{await scene.HasPasswordAsync("bob")} {await scene.HasPasswordAsync("bib")}",
        };
    }
}
