using System.Collections.Immutable;
using Amazon.EC2.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class BrakeUserTests(EmulatorFixture emulator) : ActionContract<BrakeUser>(emulator)
{
    private const string Inline = "ResponseKitBrake";
    private const string DenyDeletion = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}""";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a user with a path", stage => UserAsync(stage, "plain", path: "/teams/blue/")),
        new("a user with a name of 64 characters", stage => UserAsync(stage, new string('u', 64))),
        new("a user with a policy of the brake's name that denies something else", stage => UserAsync(stage, "named", iam => PutAsync(iam, "named", Inline, DenyDeletion))),
        new("a user whose inline policies leave no room", stage => UserAsync(stage, "padded", iam => PutAsync(iam, "padded", "padding", IamSeed.PaddedPolicy(1_900)), hasEnd: true)),
        new("a user that is gone", stage => Task.FromResult(ArrangementOf(stage, "ghost"))) { Outcome = ReceiptStatus.NotFound },
        new("a user that was renamed, known by a key", stage => RenamedAsync(stage, (_, key) => ("accessKeyId", key))),
        new("a user that was renamed, known by the id alone", stage => RenamedAsync(stage, (id, _) => ("uniqueId", id))),
    ];

    [Fact]
    public async Task A_braked_user_makes_nothing_and_can_still_read_and_delete()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        using var _ = mallory;
        var victim = (await mallory.Iam("us-east-1").CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "mallory" })).AccessKey;

        await harness.ApplyAsync(Mallory(account));

        await RefusedAsync(() => mallory.Ec2("us-east-1").RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-12c6146b", MinCount = 1, MaxCount = 1 }));
        await RefusedAsync(() => mallory.Iam("us-east-1").CreateUserAsync(new CreateUserRequest { UserName = "back-door" }));
        await mallory.Ec2("us-east-1").DescribeInstancesAsync(new DescribeInstancesRequest());
        await mallory.Iam("us-east-1").DeleteAccessKeyAsync(new DeleteAccessKeyRequest { UserName = "mallory", AccessKeyId = victim.AccessKeyId });
    }

    [Fact]
    public async Task Who_is_braked_can_neither_take_the_brake_away_nor_write_another_in_its_place()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        using var _ = mallory;
        await harness.ApplyAsync(Mallory(account));
        var iam = mallory.Iam("us-east-1");

        await RefusedAsync(() => iam.DeleteUserPolicyAsync(new DeleteUserPolicyRequest { UserName = "mallory", PolicyName = Inline }));
        await RefusedAsync(() => iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = "mallory", PolicyName = Inline, PolicyDocument = IamSeed.AllowAll }));
        await RefusedAsync(() => iam.DetachUserPolicyAsync(new DetachUserPolicyRequest { UserName = "mallory", PolicyArn = IamSeed.Administrator }));
        await RefusedAsync(() => iam.DeleteUserPermissionsBoundaryAsync(new DeleteUserPermissionsBoundaryRequest { UserName = "mallory" }));
    }

    [Fact]
    public async Task A_user_that_was_renamed_is_braked_under_the_other_name_and_one_that_is_gone_is_told()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        mallory.Dispose();
        var iam = account.Admin.Iam("us-east-1");
        var id = (await iam.GetUserAsync(new GetUserRequest { UserName = "mallory" })).User.UserId;
        await iam.UpdateUserAsync(new UpdateUserRequest { UserName = "mallory", NewUserName = "innocent" });
        var options = ImmutableSortedDictionary<string, string>.Empty.Add("uniqueId", id);

        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Apply, [Mallory(account)], options)).Status);
        Assert.Contains(Inline, (await iam.ListUserPoliciesAsync(new ListUserPoliciesRequest { UserName = "innocent" })).PolicyNames);
        Assert.Equal(ReceiptStatus.Holds, (await harness.RunAsync(ActionMode.Verify, [Mallory(account)], options)).Status);
        await harness.RevertAsync(Mallory(account));
        Assert.Empty((await iam.ListUserPoliciesAsync(new ListUserPoliciesRequest { UserName = "innocent" })).PolicyNames ?? []);
        Assert.Equal(ReceiptStatus.NotFound, (await harness.RunAsync(ActionMode.Apply, [account.Resource(ResourceKind.IamUser, "nobody")])).Status);
    }

    [Fact]
    public async Task A_brake_that_somebody_else_took_away_or_made_moot_is_found_broken_and_put_back()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        mallory.Dispose();
        await harness.ApplyAsync(Mallory(account));
        var iam = account.Admin.Iam("us-east-1");
        var document = await DocumentAsync(account);
        string?[] harmed =
        [
            null, document.Replace("CurrentTime\":\"20", "CurrentTime\":\"19", StringComparison.Ordinal), document.Replace("\"ec2:Run*\",", "", StringComparison.Ordinal),
            document.Replace("DateLessThan", "DateGreaterThan", StringComparison.Ordinal), DenyDeletion,
        ];
        foreach (var text in harmed)
        {
            if (text is null)
                await iam.DeleteUserPolicyAsync(new DeleteUserPolicyRequest { UserName = "mallory", PolicyName = Inline });
            else
                await PutAsync(iam, "mallory", Inline, text);
            Assert.Equal(ReceiptStatus.Broken, (await harness.VerifyAsync(Mallory(account))).Status);
            Assert.Equal(ReceiptStatus.Applied, (await harness.ApplyAsync(Mallory(account))).Status);
            Assert.Equal(ReceiptStatus.Holds, (await harness.VerifyAsync(Mallory(account))).Status);
        }
    }

    [Fact]
    public async Task A_later_end_moves_it_and_an_earlier_one_does_not()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        mallory.Dispose();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var minutes in new[] { 30, 90, 60 })
            await harness.RunAsync(ActionMode.Apply, [Mallory(account)], Until(now.AddMinutes(minutes)));

        Assert.Contains(now.AddMinutes(90).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm"), await DocumentAsync(account), StringComparison.Ordinal);
        await harness.RevertAsync(Mallory(account));
        await Assert.ThrowsAsync<NoSuchEntityException>(() => DocumentAsync(account));
    }

    [Fact]
    public async Task A_brake_that_another_incident_made_longer_is_left_to_it()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        mallory.Dispose();
        await harness.RunAsync(ActionMode.Apply, [Mallory(account)], Until(TimeProvider.System.GetUtcNow().AddMinutes(30)));
        var longer = new BrakeDocument(new(TimeProvider.System.GetUtcNow().AddHours(2).UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero), [])
            .Text($"arn:aws:iam::{account.Id}:user/mallory");
        await PutAsync(account.Admin.Iam("us-east-1"), "mallory", Inline, longer);

        var receipt = await harness.RevertAsync(Mallory(account));

        Assert.Contains("made longer by another request", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(StateText.Document(longer)?.ToString(), StateText.Document(await DocumentAsync(account))?.ToString());
    }

    [Fact]
    public async Task A_user_with_no_room_of_either_sort_is_not_braked_and_that_is_said()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        mallory.Dispose();
        var iam = account.Admin.Iam("us-east-1");
        await PutAsync(iam, "mallory", "padding", IamSeed.PaddedPolicy(1_900));
        foreach (var policy in IamSeed.TenPolicies.Where(policy => policy != IamSeed.Administrator))
            await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "mallory", PolicyArn = policy });

        var receipt = await harness.ApplyAsync(Mallory(account));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("is not braked; if it must be stopped, contain it", receipt.Message, StringComparison.Ordinal);
        Assert.Null((await iam.GetUserAsync(new GetUserRequest { UserName = "mallory" })).User.PermissionsBoundary);
        // The policy that could not be attached goes again.
        Assert.Contains((await harness.RevertAsync(Mallory(account))).Steps, step => step is { Call: "iam:DeletePolicy", Outcome: StepOutcome.Applied });
    }

    [Fact]
    public async Task A_policy_of_the_name_that_would_be_given_is_not_attached_unread()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        mallory.Dispose();
        var (iam, until) = (account.Admin.Iam("us-east-1"), Until(TimeProvider.System.GetUtcNow().AddMinutes(30)));
        await PutAsync(iam, "mallory", "padding", IamSeed.PaddedPolicy(1_900));
        var plan = await harness.RunAsync(ActionMode.Plan, [Mallory(account)], until);
        var name = plan.Steps.First(step => step.Call == "iam:CreatePolicy").Key.Split('/')[1];
        await iam.CreatePolicyAsync(new CreatePolicyRequest { PolicyName = name, PolicyDocument = IamSeed.AllowAll });

        var receipt = await harness.RunAsync(ActionMode.Apply, [Mallory(account)], until);

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.DoesNotContain(harness.LastCalls, call => call.Action == "AttachUserPolicy");
    }

    [Fact]
    public async Task A_user_of_another_id_than_the_actor_made_is_left_alone()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        mallory.Dispose();

        var receipt = await harness.RunAsync(
            ActionMode.Apply, [Mallory(account)], new Dictionary<string, string>(StringComparer.Ordinal) { ["uniqueId"] = "AIDAEXAMPLEEXAMPLE123" });

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        await Assert.ThrowsAsync<NoSuchEntityException>(() => DocumentAsync(account));
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2099-01-01T00:00:00Z")]
    public async Task An_end_that_cannot_be_read_or_lies_too_far_ahead_is_refused_and_nothing_is_touched(string until)
    {
        using var account = Emulator.NewAccount();
        var harness = await ActionHarness.CreateAsync(new BrakeUser(), account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [Mallory(account)], new Dictionary<string, string>(StringComparer.Ordinal) { ["until"] = until });

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("options.until must be", receipt.Message, StringComparison.Ordinal);
        Assert.Empty(harness.LastCalls);
    }

    [Fact]
    public async Task A_request_that_comes_after_the_end_brakes_nobody()
    {
        using var account = Emulator.NewAccount();
        var (harness, mallory) = await AdministratorAsync(account);
        mallory.Dispose();

        var receipt = await harness.RunAsync(ActionMode.Apply, [Mallory(account)], Until(TimeProvider.System.GetUtcNow().AddMinutes(-1)));

        Assert.Equal(ReceiptStatus.Skipped, receipt.Status);
        Assert.Empty(harness.LastCalls);
    }

    private static ResourceRef Mallory(TestAccount account) => account.Resource(ResourceKind.IamUser, "mallory");

    private static Dictionary<string, string> Until(DateTimeOffset time) => new(StringComparer.Ordinal) { ["until"] = time.ToString("O") };

    private static async Task RefusedAsync(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(call);
        Assert.Contains(refusal.ErrorCode, (string[])["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"]);
    }

    private static async Task<string> DocumentAsync(TestAccount account) => System.Net.WebUtility.UrlDecode(
        (await account.Admin.Iam("us-east-1").GetUserPolicyAsync(new GetUserPolicyRequest { UserName = "mallory", PolicyName = Inline })).PolicyDocument);

    private static async Task<(ActionHarness Harness, AwsClients Mallory)> AdministratorAsync(TestAccount account)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "mallory" });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "mallory", PolicyArn = IamSeed.Administrator });
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "mallory" })).AccessKey;
        return (await ActionHarness.CreateAsync(new BrakeUser(), account), account.ClientsAs(key.AccessKeyId, key.SecretAccessKey));
    }

    private static Task PutAsync(IAmazonIdentityManagementService iam, string user, string name, string document) =>
        iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = user, PolicyName = name, PolicyDocument = document });

    private static async Task<Arrangement> UserAsync(ScenarioStage stage, string name, Func<IAmazonIdentityManagementService, Task>? furnish = null, string path = "/", bool hasEnd = false)
    {
        var iam = stage.Admin.Iam(stage.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name, Path = path });
        if (furnish is not null)
            await furnish(iam);
        // The name of a managed policy holds the end: a plan and what is done later are the same only for the same end.
        return hasEnd ? ArrangementOf(stage, name) with { Options = Until(TimeProvider.System.GetUtcNow().AddMinutes(90)).ToImmutableSortedDictionary(StringComparer.Ordinal) } : ArrangementOf(stage, name);
    }

    private static async Task<Arrangement> RenamedAsync(ScenarioStage stage, Func<string, string, (string Name, string Value)> option)
    {
        var iam = stage.Admin.Iam(stage.Region);
        var id = (await iam.CreateUserAsync(new CreateUserRequest { UserName = "was" })).User.UserId;
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "was" })).AccessKey;
        await iam.UpdateUserAsync(new UpdateUserRequest { UserName = "was", NewUserName = "is" });
        var (name, value) = option(id, key.AccessKeyId);
        return new Arrangement(stage.Resource(ResourceKind.IamUser, "was"))
        {
            Snapshot = () => IamSeed.UserStateAsync(iam, "is"),
            Options = ImmutableSortedDictionary<string, string>.Empty.Add(name, value),
        };
    }

    private static Arrangement ArrangementOf(ScenarioStage stage, string name) =>
        new(stage.Resource(ResourceKind.IamUser, name)) { Snapshot = () => IamSeed.UserStateAsync(stage.Admin.Iam(stage.Region), name) };
}
