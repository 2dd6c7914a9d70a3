using System.Collections.Immutable;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class CloseTrustTests(EmulatorFixture emulator) : ActionContract<CloseTrust>(emulator)
{
    private const string Partner = "222233334444";
    private const string Outsider = "999988887777";

    private static readonly string Service = Document("""{"Service":"ec2.amazonaws.com"}""");
    private static readonly string Shared = Document($$"""{"AWS":"{{Partner}}"}""", """{"Service":"ec2.amazonaws.com"}""");
    private static readonly string Opened = Document($$"""{"AWS":["{{Partner}}","arn:aws:iam::{{Outsider}}:root"]}""", """{"Service":"ec2.amazonaws.com"}""");

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("an account added beside a partner's", async stage => Arranged(await OpenedAsync(stage.Account, Shared, Opened))),
        new("a trust that was set twice before, and replaced altogether twice", async stage =>
        {
            var scene = await SceneAsync(stage.Account, Service);
            await SetAsync(scene.Admin, Shared);
            return Arranged(await OpenAsync(scene, Opened, Document("\"*\"")));
        }),
        new("a trust that was put as it stood", async stage => Arranged(await OpenedAsync(stage.Account, Shared, Shared))) { Outcome = ReceiptStatus.AlreadyInPlace },
        new("a role that is gone", async stage =>
        {
            var opened = await OpenedAsync(stage.Account, Shared, Opened);
            await opened.Scene.Admin.DeleteRoleAsync(new DeleteRoleRequest { RoleName = "deploy" });
            return Arranged(opened);
        })
        {
            Outcome = ReceiptStatus.NotFound,
        },
    ];

    [Fact]
    public async Task What_stood_before_stands_again_and_nothing_else()
    {
        using var account = Emulator.NewAccount();
        var (scene, options) = await OpenedAsync(account, Shared, Opened);
        using var _ = scene;
        var harness = await ActionHarness.CreateAsync(new CloseTrust(), account);

        await harness.RunAsync(ActionMode.Apply, [Target(account)], options);

        var trust = await TrustAsync(scene.Admin);
        Assert.Contains(Partner, trust, StringComparison.Ordinal);
        Assert.DoesNotContain(Outsider, trust, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set by its owner since")]
    [InlineData("set by its owner between")]
    [InlineData("made before the history")]
    [InlineData("history not to be read")]
    [InlineData("lets nobody in before")]
    public async Task A_trust_of_which_it_is_not_known_what_it_was_is_left_to_a_person(string history)
    {
        using var account = Emulator.NewAccount();
        var scene = await SceneAsync(account, history == "lets nobody in before" ? Service.Replace("Allow", "Deny", StringComparison.Ordinal) : Shared);
        using var _ = scene;
        var (_, options) = history == "set by its owner between" ? (scene, Options(scene)) : await OpenAsync(scene, Opened);
        if (history == "set by its owner between")
        {
            await SetAsync(scene.Admin, Service);
            await SetAsync(scene.Theirs, Opened);
        }

        if (history == "set by its owner since")
            await SetAsync(scene.Admin, Service);
        if (history == "made before the history")
            options = options.SetItem("begins", Claims.Now(-3600));
        var before = await TrustAsync(scene.Admin);
        var harness = await ActionHarness.CreateAsync(new CloseTrust(), account);
        if (history == "history not to be read")
            await account.AddFaultAsync(new() { Kind = EmulatorFaultKind.Error, Service = "cloudtrail", Code = "AccessDeniedException", Status = 400 });

        var receipt = await harness.RunAsync(ActionMode.Apply, [Target(account)], options);

        Assert.Contains(receipt.Steps, step => step.Outcome is StepOutcome.NeedsApproval { Reason: var reason } && reason.Contains("update-assume-role-policy", StringComparison.Ordinal));
        Assert.DoesNotContain(receipt.Steps, step => step.Outcome is StepOutcome.Applied);
        Assert.Equal(before, await TrustAsync(scene.Admin));
    }

    [Fact]
    public async Task What_was_put_back_is_put_back_again_when_the_actor_undoes_it_and_told_when_another_does()
    {
        using var account = Emulator.NewAccount();
        var (scene, options) = await OpenedAsync(account, Shared, Opened);
        using var _ = scene;
        var harness = await ActionHarness.CreateAsync(new CloseTrust(), account);
        await harness.RunAsync(ActionMode.Apply, [Target(account)], options);
        await CredentialScene.NextSecondAsync();
        await SetAsync(scene.Theirs, Opened);

        Assert.Equal(ReceiptStatus.Broken, (await harness.RunAsync(ActionMode.Verify, [Target(account)], options)).Status);
        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Apply, [Target(account)], options)).Status);
        await SetAsync(scene.Admin, Opened);
        Assert.Equal(ReceiptStatus.Broken, (await harness.RunAsync(ActionMode.Verify, [Target(account)], options)).Status);
        var again = await harness.RunAsync(ActionMode.Apply, [Target(account)], options);
        Assert.Contains(again.Steps, step => step.Outcome is StepOutcome.NeedsApproval);
        Assert.Contains(again.Steps, step => step.Outcome is StepOutcome.Applied && step.Before is not null);
        Assert.Contains(Outsider, await TrustAsync(scene.Admin), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undoing_leaves_a_trust_that_somebody_set_since()
    {
        using var account = Emulator.NewAccount();
        var (scene, options) = await OpenedAsync(account, Shared, Opened);
        using var _ = scene;
        var harness = await ActionHarness.CreateAsync(new CloseTrust(), account);
        await harness.RunAsync(ActionMode.Apply, [Target(account)], options);
        await SetAsync(scene.Admin, Service);

        var reverted = await harness.RunAsync(ActionMode.Revert, [Target(account)], options);

        Assert.Contains(reverted.Steps, step => step.Outcome is StepOutcome.NeedsApproval);
        Assert.Contains("ec2.amazonaws.com", await TrustAsync(scene.Admin), StringComparison.Ordinal);
        Assert.DoesNotContain(Partner, await TrustAsync(scene.Admin), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}""", true)]
    [InlineData("""{"Statement":{"Action":["sts:AssumeRole"],"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root"]}}}""", true)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223334"},"Action":"sts:AssumeRole"}]}""", false)]
    [InlineData("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"111122223333"}}}]}""", false)]
    public void Two_spellings_of_one_trust_are_the_same_and_other_trusts_are_not(string other, bool same)
    {
        var one = TrustDocument.Parse("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}""", "aws")!;
        Assert.Equal(same, one.Same(TrustDocument.Parse(other, "aws")));
        Assert.Equal(same, one.Same(TrustDocument.Parse(Uri.EscapeDataString(other), "aws")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a policy")]
    [InlineData("[]")]
    [InlineData("""{"Statement":[]}""")]
    [InlineData("""{"Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]}""")]
    [InlineData("""{"Statement":[{"Effect":7,"Principal":"*","Action":"sts:AssumeRole"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]}""")]
    public void What_lets_nobody_in_or_can_be_read_in_two_ways_is_no_trust_to_put_back(string? text) => Assert.Null(TrustDocument.Parse(text, "aws"));

    private static string Document(params string[] principals) =>
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', principals.Select(principal => $$"""{"Effect":"Allow","Principal":{{principal}},"Action":"sts:AssumeRole"}"""))}}]}""";

    private static ResourceRef Target(TestAccount account) => account.Resource(ResourceKind.RoleTrust, "deploy");

    private static ImmutableSortedDictionary<string, string> Options(CredentialScene scene) => scene.Changed(Claims.Now());

    private static async Task<CredentialScene> SceneAsync(TestAccount account, string trust)
    {
        var scene = await CredentialScene.CreateAsync(account);
        await scene.Admin.CreateRoleAsync(new CreateRoleRequest { RoleName = "deploy", Path = "/ci/", AssumeRolePolicyDocument = trust });
        await scene.Admin.CreateRoleAsync(new CreateRoleRequest { RoleName = "other", AssumeRolePolicyDocument = Opened });
        await CredentialScene.NextSecondAsync();
        return scene;
    }

    private static async Task<(CredentialScene Scene, ImmutableSortedDictionary<string, string> Options)> OpenedAsync(TestAccount account, string before, string after) =>
        await OpenAsync(await SceneAsync(account, before), after);

    private static async Task<(CredentialScene Scene, ImmutableSortedDictionary<string, string> Options)> OpenAsync(CredentialScene scene, params string[] trusts)
    {
        await CredentialScene.NextSecondAsync();
        var options = Options(scene);
        foreach (var trust in trusts)
        {
            await SetAsync(scene.Theirs, trust);
            await CredentialScene.NextSecondAsync();
        }

        return (scene, options);
    }

    private static Task SetAsync(IAmazonIdentityManagementService by, string trust) =>
        by.UpdateAssumeRolePolicyAsync(new UpdateAssumeRolePolicyRequest { RoleName = "deploy", PolicyDocument = trust });

    private static async Task<string> TrustAsync(IAmazonIdentityManagementService iam, string role = "deploy")
    {
        try
        {
            return StateText.Of(StateText.Document((await iam.GetRoleAsync(new GetRoleRequest { RoleName = role })).Role.AssumeRolePolicyDocument));
        }
        catch (NoSuchEntityException)
        {
            return "no such role";
        }
    }

    private static Arrangement Arranged((CredentialScene Scene, ImmutableSortedDictionary<string, string> Options) opened) => new(Target(opened.Scene.Account))
    {
        Options = opened.Options,
        Snapshot = async () => $"{await TrustAsync(opened.Scene.Admin)} {await TrustAsync(opened.Scene.Admin, "other")} {await opened.Scene.StateAsync()}",
    };
}
