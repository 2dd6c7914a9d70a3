using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class RestorePolicyVersionTests(EmulatorFixture emulator) : ActionContract<RestorePolicyVersion>(emulator)
{
    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a version that allows everything, of a policy with one", async stage => await ArrangedAsync(stage.Account, "one", scene => WriteAsync(scene.Theirs, stage.Account))),
        new("an old version, of a policy with three", async stage => await ArrangedAsync(stage.Account, "three", scene => SetAsync(scene.Theirs, stage.Account, "v1"))),
        new("two versions and back", async stage => await ArrangedAsync(stage.Account, "three", async scene =>
        {
            await WriteAsync(scene.Theirs, stage.Account);
            await CredentialScene.NextSecondAsync();
            await SetAsync(scene.Theirs, stage.Account, "v2");
        })),
        new("the version that is the default already", async stage => await ArrangedAsync(stage.Account, "three", scene => SetAsync(scene.Theirs, stage.Account, "v3")))
        {
            Outcome = ReceiptStatus.AlreadyInPlace,
        },
        new("a policy that is gone", async stage => await ArrangedAsync(stage.Account, "one", async scene =>
        {
            await scene.Admin.DetachUserPolicyAsync(new DetachUserPolicyRequest { UserName = "bob", PolicyArn = ArnOf(stage.Account) });
            await scene.Admin.DeletePolicyAsync(new DeletePolicyRequest { PolicyArn = ArnOf(stage.Account) });
        }))
        {
            Outcome = ReceiptStatus.NotFound,
        },
    ];

    [Theory]
    [InlineData("set by its owner since")]
    [InlineData("made in the incident")]
    [InlineData("history not to be read")]
    [InlineData("former one deleted")]
    public async Task A_policy_of_which_it_is_not_known_what_was_the_default_is_left_to_a_person(string history)
    {
        using var account = Emulator.NewAccount();
        using var scene = await SceneAsync(account, "three");
        var options = scene.Changed(history == "made in the incident" ? Claims.Now(-3600) : Claims.Now());
        await WriteAsync(scene.Theirs, account);
        if (history == "set by its owner since")
            await SetAsync(scene.Admin, account, "v2");
        if (history == "former one deleted")
            await scene.Theirs.DeletePolicyVersionAsync(new DeletePolicyVersionRequest { PolicyArn = ArnOf(account), VersionId = "v3" });
        var before = await StateAsync(scene);
        var harness = await ActionHarness.CreateAsync(new RestorePolicyVersion(), account);
        if (history == "history not to be read")
            await account.AddFaultAsync(new() { Kind = EmulatorFaultKind.Error, Service = "cloudtrail", Code = "AccessDeniedException", Status = 400 });

        var receipt = await harness.RunAsync(ActionMode.Apply, [Target(account)], options);

        Assert.Contains(receipt.Steps, step => step.Outcome is StepOutcome.NeedsApproval { Reason: var reason } && reason.Contains("set-default-policy-version", StringComparison.Ordinal));
        Assert.DoesNotContain(receipt.Steps, step => step.Outcome is StepOutcome.Applied);
        Assert.Equal(before, await StateAsync(scene));
    }

    [Fact]
    public async Task What_another_sets_afterwards_is_told_and_stays()
    {
        using var account = Emulator.NewAccount();
        using var scene = await SceneAsync(account, "three");
        var options = scene.Changed(Claims.Now());
        await WriteAsync(scene.Theirs, account);
        var harness = await ActionHarness.CreateAsync(new RestorePolicyVersion(), account);
        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Apply, [Target(account)], options)).Status);
        await SetAsync(scene.Admin, account, "v1");

        Assert.Equal(ReceiptStatus.Broken, (await harness.RunAsync(ActionMode.Verify, [Target(account)], options)).Status);
        var again = await harness.RunAsync(ActionMode.Apply, [Target(account)], options);
        var reverted = await harness.RunAsync(ActionMode.Revert, [Target(account)], options);

        Assert.Contains(again.Steps, step => step.Outcome is StepOutcome.NeedsApproval);
        Assert.Contains(reverted.Steps, step => step.Outcome is StepOutcome.NeedsApproval);
        Assert.Contains("v1:True", await StateAsync(scene), StringComparison.Ordinal);
    }

    private static string ArnOf(TestAccount account) => $"arn:aws:iam::{account.Id}:policy/team/web";

    private static ResourceRef Target(TestAccount account) => account.Resource(ResourceKind.ManagedPolicy, "team/web");

    private static async Task<CredentialScene> SceneAsync(TestAccount account, string versions)
    {
        var scene = await CredentialScene.CreateAsync(account);
        await scene.Admin.CreatePolicyAsync(new CreatePolicyRequest { PolicyName = "web", Path = "/team/", PolicyDocument = IamSeed.PaddedPolicy(200) });
        await scene.Admin.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "bob", PolicyArn = ArnOf(account) });
        for (var more = versions == "three" ? 2 : 0; more > 0; more--)
        {
            await CredentialScene.NextSecondAsync();
            await WriteAsync(scene.Admin, account, IamSeed.PaddedPolicy(200 + more));
        }

        await CredentialScene.NextSecondAsync();
        return scene;
    }

    private static async Task<Arrangement> ArrangedAsync(TestAccount account, string versions, Func<CredentialScene, Task> attack)
    {
        var scene = await SceneAsync(account, versions);
        var options = scene.Changed(Claims.Now());
        await attack(scene);
        return new Arrangement(Target(account)) { Options = options, Snapshot = () => StateAsync(scene) };
    }

    private static Task WriteAsync(IAmazonIdentityManagementService by, TestAccount account, string? document = null) => by.CreatePolicyVersionAsync(
        new CreatePolicyVersionRequest { PolicyArn = ArnOf(account), PolicyDocument = document ?? IamSeed.AllowAll, SetAsDefault = true });

    private static Task SetAsync(IAmazonIdentityManagementService by, TestAccount account, string version) =>
        by.SetDefaultPolicyVersionAsync(new SetDefaultPolicyVersionRequest { PolicyArn = ArnOf(account), VersionId = version });

    private static async Task<string> StateAsync(CredentialScene scene)
    {
        try
        {
            var versions = (await scene.Admin.ListPolicyVersionsAsync(new ListPolicyVersionsRequest { PolicyArn = ArnOf(scene.Account) })).Versions;
            return string.Join(' ', versions.Select(version => $"{version.VersionId}:{version.IsDefaultVersion}").Order(StringComparer.Ordinal)) + await scene.StateAsync();
        }
        catch (NoSuchEntityException)
        {
            return "no such policy " + await scene.StateAsync();
        }
    }
}
