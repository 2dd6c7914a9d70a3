using System.Collections.Immutable;
using System.Net;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class ContainRoleTests(EmulatorFixture emulator) : ActionContract<ContainRole>(emulator)
{
    private const string Revocation = "AWSRevokeOlderSessions";

    private const string OldRevocation = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":{"DateLessThan":{"aws:TokenIssueTime":"2020-05-07T23:47:00Z"}}}]}
        """;

    private static readonly ImmutableSortedDictionary<string, string> DenyAll = ImmutableSortedDictionary<string, string>.Empty.Add("denyAll", "true");

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a role with a path", stage => RoleAsync(stage, "deploy", "/ci/prod/")),
        new("a role with a name of 64 characters whose sessions were revoked long ago", stage => RoleAsync(
            stage, new string('r', 64), furnish: iam => iam.PutRolePolicyAsync(
                new PutRolePolicyRequest { RoleName = new string('r', 64), PolicyName = Revocation, PolicyDocument = OldRevocation }))),
        new("a role that the actor made", stage => RoleAsync(stage, "made", options: DenyAll)),
        new("a role that the actor made, with as many attached policies as there may be", stage => RoleAsync(
            stage, "attached", options: DenyAll, furnish: iam => AttachAllAsync(iam, "attached"))),
        new("a role that the actor made and padded", stage => RoleAsync(stage, "padded", options: DenyAll, furnish: iam => PadAsync(iam, "padded"))),
        new("a role that the actor made and padded, with a permissions boundary", stage => RoleAsync(stage, "bounded", options: DenyAll, furnish: async iam =>
        {
            await PadAsync(iam, "bounded");
            await iam.PutRolePermissionsBoundaryAsync(new PutRolePermissionsBoundaryRequest { RoleName = "bounded", PermissionsBoundary = IamSeed.ReadOnly });
        })),
        new("a role that was there before and whose inline policies are full", stage => RoleAsync(stage, "roomless", furnish: iam => FillAsync(iam, "roomless"))),
        new("a role that was there before, without room for policies of either sort", stage => RoleAsync(stage, "cramped", furnish: async iam =>
        {
            await AttachAllAsync(iam, "cramped");
            await FillAsync(iam, "cramped");
        })),
        new("a service-linked role", async stage =>
        {
            var iam = stage.Admin.Iam(stage.Region);
            await iam.CreateServiceLinkedRoleAsync(new CreateServiceLinkedRoleRequest { AWSServiceName = "autoscaling.amazonaws.com" });
            return ArrangementOf(stage, "AWSServiceRoleForAutoScaling", DenyAll);
        })
        {
            Outcome = ReceiptStatus.Skipped,
        },
        new("a role of an Identity Center permission set", stage => RoleAsync(
            stage, "AWSReservedSSO_Admin_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/eu-west-1/", DenyAll))
        {
            Outcome = ReceiptStatus.Skipped,
        },
        new("a role that is gone", stage => Task.FromResult(ArrangementOf(stage, "ghost", DenyAll))) { Outcome = ReceiptStatus.NotFound },
    ];

    [Fact]
    public async Task Sessions_from_before_the_cut_are_refused_and_later_ones_work()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        using var older = await AssumeAsync(account);
        await ListFunctionsAsync(older);
        // Issue times are counted in whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1));

        var receipt = await harness.RunAsync(ActionMode.Apply, [Role(account)], CutAt(TimeProvider.System.GetUtcNow()));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        using var newer = await AssumeAsync(account);
        await ListFunctionsAsync(newer);
        var refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ListFunctionsAsync(older));
        Assert.Equal("AccessDeniedException", refusal.ErrorCode);
    }

    [Fact]
    public async Task A_cut_from_before_the_last_act_is_not_good_enough_and_undoing_puts_back_what_each_round_found()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        var iam = account.Admin.Iam("us-east-1");
        await harness.RunAsync(ActionMode.Apply, [Role(account)], CutAt(TimeProvider.System.GetUtcNow()));
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        using var fresh = await AssumeAsync(account);
        await ListFunctionsAsync(fresh);
        var acted = ImmutableSortedDictionary<string, string>.Empty.Add("acted", Correlation.Authorship.Text(TimeProvider.System.GetUtcNow()));

        Assert.Equal(ReceiptStatus.Broken, (await harness.RunAsync(ActionMode.Verify, [Role(account)], acted)).Status);
        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Apply, [Role(account)], acted)).Status);
        Assert.Equal(ReceiptStatus.AlreadyInPlace, (await harness.RunAsync(ActionMode.Apply, [Role(account)], acted)).Status);

        var refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ListFunctionsAsync(fresh));
        Assert.Equal("AccessDeniedException", refusal.ErrorCode);
        await harness.RevertAsync(Role(account));
        Assert.DoesNotContain(Revocation, (await iam.ListRolePoliciesAsync(new ListRolePoliciesRequest { RoleName = "worker" })).PolicyNames ?? []);
    }

    [Fact]
    public async Task A_role_without_room_loses_its_sessions_all_the_same_and_new_ones_work()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        await FillAsync(account.Admin.Iam("us-east-1"), Role(account).Name);
        using var older = await AssumeAsync(account);
        await ListFunctionsAsync(older);
        await Task.Delay(TimeSpan.FromSeconds(1.1));

        var receipt = await harness.RunAsync(ActionMode.Apply, [Role(account)], CutAt(TimeProvider.System.GetUtcNow()));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Contains(receipt.Steps, step => step.Outcome is StepOutcome.Skipped { Reason: var reason } && reason.Contains("a managed policy of its own", StringComparison.Ordinal));
        Assert.Equal(ReceiptStatus.Holds, (await harness.RunAsync(ActionMode.Verify, [Role(account)])).Status);
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ListFunctionsAsync(older));
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        using var newer = await AssumeAsync(account);
        await ListFunctionsAsync(newer);
        await harness.RevertAsync(Role(account));
        await ListFunctionsAsync(older);
    }

    [Fact]
    public async Task A_role_that_the_actor_made_is_of_no_use_to_new_sessions_either()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);

        await harness.RunAsync(ActionMode.Apply, [Role(account)], DenyAll);

        using var newer = await AssumeAsync(account);
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ListFunctionsAsync(newer));
    }

    [Fact]
    public async Task The_cut_lies_half_a_minute_ahead_and_stays_where_it_is()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        var start = TimeProvider.System.GetUtcNow();

        await harness.ApplyAsync(Role(account));

        var document = await DocumentAsync(account);
        var text = document[(document.IndexOf("IssueTime\":\"", StringComparison.Ordinal) + 12)..][..24];
        var cut = DateTimeOffset.Parse(text);
        Assert.InRange(cut, start.AddSeconds(29), start.AddSeconds(60));
        await harness.ApplyAsync(Role(account));
        Assert.Equal(document, await DocumentAsync(account));
    }

    [Fact]
    public async Task A_later_cut_moves_it_and_undoing_still_restores_the_first_state()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        await harness.ApplyAsync(Role(account));
        var first = await DocumentAsync(account);
        var later = CutAt(TimeProvider.System.GetUtcNow().AddMinutes(5));

        Assert.Equal(ReceiptStatus.Broken, (await harness.RunAsync(ActionMode.Verify, [Role(account)], later)).Status);
        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Apply, [Role(account)], later)).Status);
        Assert.NotEqual(first, await DocumentAsync(account));

        await harness.RevertAsync(Role(account));
        await Assert.ThrowsAsync<NoSuchEntityException>(() => DocumentAsync(account));
    }

    [Theory]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":{"DateLessThan":{"aws:TokenIssueTime":"2014-05-07T23:47:00Z"}}}]}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["s3:*"],"Resource":["*"],"Condition":{"DateLessThan":{"aws:TokenIssueTime":"2099-01-01T00:00:00Z"}}}]}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"2099-01-01T00:00:00Z"},"StringEquals":{"aws:username":"x"}}}]}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""")]
    public async Task A_revocation_that_an_attacker_weakened_is_found_broken_and_put_back(string weakened)
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        await harness.ApplyAsync(Role(account));
        await account.Admin.Iam("us-east-1").PutRolePolicyAsync(
            new PutRolePolicyRequest { RoleName = "worker", PolicyName = Revocation, PolicyDocument = weakened });

        Assert.Equal(ReceiptStatus.Broken, (await harness.VerifyAsync(Role(account))).Status);
        Assert.Equal(ReceiptStatus.Applied, (await harness.ApplyAsync(Role(account))).Status);
        Assert.Equal(ReceiptStatus.Holds, (await harness.VerifyAsync(Role(account))).Status);
    }

    [Theory]
    [InlineData("cutAt", "yesterday")]
    [InlineData("cutAt", "2099-01-01T00:00:00Z")]
    [InlineData("denyAll", "maybe")]
    public async Task An_option_that_cannot_be_read_is_refused_and_nothing_is_touched(string name, string value)
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [Role(account)], new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value });

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains($"options.{name} must be", receipt.Message, StringComparison.Ordinal);
        Assert.Empty(harness.LastCalls);
    }

    [Fact]
    public async Task A_full_role_that_the_actor_made_is_denied_and_needs_no_revocation()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        await account.Admin.Iam("us-east-1").PutRolePolicyAsync(
            new PutRolePolicyRequest { RoleName = "worker", PolicyName = "padding", PolicyDocument = IamSeed.PaddedPolicy(10_200) });

        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Apply, [Role(account)], DenyAll)).Status);
        Assert.Equal(ReceiptStatus.Holds, (await harness.RunAsync(ActionMode.Verify, [Role(account)], DenyAll)).Status);
        await harness.RunAsync(ActionMode.Apply, [Role(account)], DenyAll);
        Assert.DoesNotContain(harness.LastCalls, call => !ApiCalls.IsRead(call.Call));
    }

    private static ResourceRef Role(TestAccount account) => account.Resource(ResourceKind.IamRole, "worker");

    private static ImmutableSortedDictionary<string, string> CutAt(DateTimeOffset cut) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("cutAt", cut.ToString("O"));

    private static Task ListFunctionsAsync(AwsClients clients) => clients.Lambda("us-east-1").ListFunctionsAsync(new ListFunctionsRequest());

    private static async Task<string> DocumentAsync(TestAccount account) => WebUtility.UrlDecode(
        (await account.Admin.Iam("us-east-1").GetRolePolicyAsync(new GetRolePolicyRequest { RoleName = "worker", PolicyName = Revocation })).PolicyDocument);

    private static string TrustOf(string account) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{account}}:root"},"Action":"sts:AssumeRole"}]}""";

    private static async Task<ActionHarness> UsedRoleAsync(TestAccount account)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = "worker", AssumeRolePolicyDocument = TrustOf(account.Id) });
        await iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = "worker", PolicyArn = IamSeed.Administrator });
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "developer" });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "developer", PolicyArn = IamSeed.Administrator });
        return await ActionHarness.CreateAsync(new ContainRole(), account);
    }

    private async Task<AwsClients> AssumeAsync(TestAccount account)
    {
        var iam = account.Admin.Iam("us-east-1");
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "developer" })).AccessKey;
        using var sts = Emulator.SecurityToken(new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), "us-east-1");
        var session = (await sts.AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = $"arn:aws:iam::{account.Id}:role/worker",
            RoleSessionName = "work",
        })).Credentials;
        return account.ClientsAs(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
    }

    private static async Task<Arrangement> RoleAsync(
        ScenarioStage stage, string name, string path = "/", ImmutableSortedDictionary<string, string>? options = null,
        Func<IAmazonIdentityManagementService, Task>? furnish = null)
    {
        var iam = stage.Admin.Iam(stage.Region);
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = name, Path = path, AssumeRolePolicyDocument = TrustOf(stage.Account.Id) });
        if (furnish is not null)
            await furnish(iam);
        return ArrangementOf(stage, name, options);
    }

    private static Arrangement ArrangementOf(ScenarioStage stage, string name, ImmutableSortedDictionary<string, string>? options) =>
        new(stage.Resource(ResourceKind.IamRole, name))
        {
            Options = options ?? ImmutableSortedDictionary<string, string>.Empty,
            Snapshot = () => IamSeed.RoleStateAsync(stage.Admin.Iam(stage.Region), name),
        };

    private static async Task AttachAllAsync(IAmazonIdentityManagementService iam, string role)
    {
        foreach (var policy in IamSeed.TenPolicies)
            await iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = role, PolicyArn = policy });
    }

    private static Task FillAsync(IAmazonIdentityManagementService iam, string role) =>
        iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = role, PolicyName = "padding", PolicyDocument = IamSeed.PaddedPolicy(10_200) });

    // The revocation takes the room of the earlier one; there is none for a deny.
    private static async Task PadAsync(IAmazonIdentityManagementService iam, string role)
    {
        await AttachAllAsync(iam, role);
        await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = role, PolicyName = Revocation, PolicyDocument = OldRevocation });
        await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = role, PolicyName = "padding", PolicyDocument = IamSeed.PaddedPolicy(10_040) });
    }
}
