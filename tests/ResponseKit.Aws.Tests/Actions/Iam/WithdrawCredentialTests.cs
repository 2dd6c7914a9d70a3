using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class WithdrawCredentialTests(EmulatorFixture emulator) : ActionContract<WithdrawCredential>(emulator)
{
    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("an SSH key beside the user's own", stage => MadeAsync(stage, "ssh-key", async scene =>
        {
            await scene.SshKeyAsync(scene.Admin);
            return await scene.SshKeyAsync(scene.Theirs);
        })),
        new("a service-specific credential beside the user's own", stage => MadeAsync(stage, "service-credential", async scene =>
        {
            await CredentialScene.ServiceCredentialAsync(scene.Admin);
            return await CredentialScene.ServiceCredentialAsync(scene.Theirs);
        })),
        new("a signing certificate", stage => MadeAsync(stage, "signing-certificate", scene => scene.CertificateAsync(scene.Theirs))),
        new("an access key that had been inactive", stage => SwitchedOnAsync(stage, "before")),
        new("an access key of a user who was renamed", stage => SwitchedOnAsync(stage, "before", async scene =>
            await scene.Theirs.UpdateUserAsync(new UpdateUserRequest { UserName = "bob", NewUserName = "bib" }))),
        new("an SSH key of a user who was renamed twice, whose name a stranger has", stage => MadeAsync(stage, "ssh-key", async scene =>
        {
            var id = await scene.SshKeyAsync(scene.Theirs);
            await scene.Theirs.UpdateUserAsync(new UpdateUserRequest { UserName = "bob", NewUserName = "bib" });
            await CredentialScene.NextSecondAsync();
            await scene.Theirs.UpdateUserAsync(new UpdateUserRequest { UserName = "bib", NewUserName = "bub" });
            await scene.Admin.CreateUserAsync(new CreateUserRequest { UserName = "bob" });
            return id;
        })),
        new("a credential that is inactive already", stage => MadeAsync(stage, "ssh-key", async scene =>
        {
            var id = await scene.SshKeyAsync(scene.Theirs);
            await scene.Admin.UpdateSSHPublicKeyAsync(new UpdateSSHPublicKeyRequest { UserName = "bob", SSHPublicKeyId = id, Status = StatusType.Inactive });
            return id;
        }))
        {
            Outcome = ReceiptStatus.AlreadyInPlace,
        },
        new("a credential that is gone", stage => MadeAsync(stage, "ssh-key", _ => Task.FromResult("APKAIOSFODNN7EXAMPLE"))) { Outcome = ReceiptStatus.NotFound },
    ];

    [Theory]
    [InlineData("never switched off")]
    [InlineData("switched off and on by the actor alone")]
    [InlineData("switched on by the owner before")]
    [InlineData("switched on by the owner since")]
    public async Task A_working_key_of_an_innocent_is_not_taken_away_because_somebody_set_it_active(string history)
    {
        using var account = Emulator.NewAccount();
        var (scene, target, options) = await SwitchedOnAsync(account, history);
        using var _ = scene;
        var before = await scene.StateAsync();
        var harness = await ActionHarness.CreateAsync(new WithdrawCredential(), account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [target], options);

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains("vouched", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(before, await scene.StateAsync());
        Assert.DoesNotContain(harness.LastCalls, call => !ApiCalls.IsRead(ApiCalls.PermissionFor(call)));
        Assert.Equal(ReceiptStatus.Holds, (await harness.RunAsync(ActionMode.Verify, [target], options)).Status);

        var vouched = await harness.RunAsync(ActionMode.Apply, [target], options.SetItem("vouched", "true"), incident: "asked");
        Assert.Equal(ReceiptStatus.Applied, vouched.Status);
    }

    [Fact]
    public async Task A_credential_that_was_there_before_is_not_taken_away_whatever_the_record_names()
    {
        using var account = Emulator.NewAccount();
        using var scene = await CredentialScene.CreateAsync(account);
        var id = await scene.SshKeyAsync(scene.Admin);
        var before = await scene.StateAsync();
        var harness = await ActionHarness.CreateAsync(new WithdrawCredential(), account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [scene.Target($"bob/ssh-key/{id}")], scene.Made(Claims.Now(+60)));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Equal(before, await scene.StateAsync());
    }

    [Fact]
    public async Task What_the_owner_switched_on_again_is_found_and_told_and_not_taken_away_twice()
    {
        using var account = Emulator.NewAccount();
        var (scene, target, options) = await SwitchedOnAsync(account, "before");
        using var _ = scene;
        var harness = await ActionHarness.CreateAsync(new WithdrawCredential(), account);
        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Apply, [target], options)).Status);
        await CredentialScene.SetAsync(scene.Admin, target.Name.Split('/')[2], StatusType.Active);

        Assert.Equal(ReceiptStatus.Broken, (await harness.RunAsync(ActionMode.Verify, [target], options)).Status);
        var again = await harness.RunAsync(ActionMode.Apply, [target], options);

        Assert.Contains(again.Steps, step => step.Outcome is StepOutcome.NeedsApproval);
    }

    [Fact]
    public async Task Where_the_history_cannot_be_read_nothing_is_taken_away()
    {
        using var account = Emulator.NewAccount();
        var (scene, target, options) = await SwitchedOnAsync(account, "before");
        using var _ = scene;
        var before = await scene.StateAsync();
        var harness = await ActionHarness.CreateAsync(new WithdrawCredential(), account);
        await account.AddFaultAsync(new() { Kind = EmulatorFaultKind.Error, Service = "cloudtrail", Code = "AccessDeniedException", Status = 400 });

        var receipt = await harness.RunAsync(ActionMode.Apply, [target], options);

        Assert.Contains(receipt.Steps, step => step.Outcome is StepOutcome.NeedsApproval { Reason: var reason } && reason.Contains("could not be read", StringComparison.Ordinal));
        Assert.Equal(before, await scene.StateAsync());
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("bob/APKAIOSFODNN7EXAMPLE")]
    [InlineData("bob/password/APKAIOSFODNN7EXAMPLE")]
    [InlineData("/ssh-key/APKAIOSFODNN7EXAMPLE")]
    public async Task A_target_that_is_no_credential_is_refused_with_what_is_accepted(string name)
    {
        using var account = Emulator.NewAccount();
        var harness = await ActionHarness.CreateAsync(new WithdrawCredential(), account);

        var receipt = await harness.ApplyAsync(account.Resource(Resources.ResourceKind.Credential, name));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("such as ci-bot/ssh-key/", receipt.Message, StringComparison.Ordinal);
        Assert.Empty(harness.LastCalls);
    }

    private static async Task<Arrangement> MadeAsync(ScenarioStage stage, string sort, Func<CredentialScene, Task<string>> make)
    {
        var scene = await CredentialScene.CreateAsync(stage.Account);
        var since = Claims.Now();
        var id = await make(scene);
        return new Arrangement(scene.Target($"bob/{sort}/{id}")) { Options = scene.Made(since), Snapshot = scene.StateAsync };
    }

    private static async Task<Arrangement> SwitchedOnAsync(ScenarioStage stage, string history, Func<CredentialScene, Task>? then = null)
    {
        var (scene, target, options) = await SwitchedOnAsync(stage.Account, history);
        if (then is not null)
            await then(scene);
        return new Arrangement(target) { Options = options, Snapshot = scene.StateAsync };
    }

    private static async Task<(CredentialScene Scene, Resources.ResourceRef Target, System.Collections.Immutable.ImmutableSortedDictionary<string, string> Options)> SwitchedOnAsync(
        TestAccount account, string history)
    {
        var scene = await CredentialScene.CreateAsync(account);
        var key = await CredentialScene.KeyAsync(scene.Admin);
        await CredentialScene.KeyAsync(scene.Admin);
        if (history != "never switched off" && history != "switched off and on by the actor alone")
            await CredentialScene.SetAsync(scene.Admin, key, StatusType.Inactive);
        await CredentialScene.NextSecondAsync();
        if (history == "switched on by the owner before")
            await CredentialScene.SetAsync(scene.Admin, key, StatusType.Active);
        await CredentialScene.NextSecondAsync();
        var begins = Claims.Now();
        if (history == "switched off and on by the actor alone")
            await CredentialScene.SetAsync(scene.Theirs, key, StatusType.Inactive);
        await CredentialScene.SetAsync(scene.Theirs, key, StatusType.Active);
        if (history == "switched on by the owner since")
            await CredentialScene.SetAsync(scene.Admin, key, StatusType.Active);
        return (scene, scene.Target($"bob/access-key/{key}"), scene.Changed(begins));
    }
}
