using System.Collections.Immutable;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class BrakeRoleTests(EmulatorFixture emulator) : ActionContract<BrakeRole>(emulator)
{
    private const string Inline = "ResponseKitBrake";
    private const string DenyDeletion = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}""";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a role with a path", stage => RoleAsync(stage, "deploy", "/ci/prod/")),
        new("one session of a role with a name of 64 characters", stage => RoleAsync(stage, new string('r', 64), options: Sessions("AROAEXAMPLEEXAMPLE12:ann@example.com"))),
        new("a role with a policy of the brake's name that denies something else", stage => RoleAsync(stage, "named", furnish: iam => PutAsync(iam, "named", Inline, DenyDeletion))),
        new("a role whose inline policies leave no room", stage => RoleAsync(stage, "padded", options: Until(), furnish: iam => PutAsync(iam, "padded", "padding", IamSeed.PaddedPolicy(9_500)))),
        new("a service-linked role", async stage =>
        {
            await stage.Admin.Iam(stage.Region).CreateServiceLinkedRoleAsync(new CreateServiceLinkedRoleRequest { AWSServiceName = "autoscaling.amazonaws.com" });
            return ArrangementOf(stage, "AWSServiceRoleForAutoScaling");
        })
        {
            Outcome = ReceiptStatus.Skipped,
        },
        new("a role of an Identity Center permission set", stage => RoleAsync(stage, "AWSReservedSSO_Admin_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/eu-west-1/"))
        {
            Outcome = ReceiptStatus.Skipped,
        },
        new("a role that is gone", stage => Task.FromResult(ArrangementOf(stage, "ghost"))) { Outcome = ReceiptStatus.NotFound },
    ];

    [Fact]
    public async Task Only_the_named_session_is_braked_and_the_colleagues_work_on()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        using var ann = await AssumeAsync(account, "ann");
        using var bob = await AssumeAsync(account, "bob");
        var id = (await account.Admin.Iam("us-east-1").GetRoleAsync(new GetRoleRequest { RoleName = "worker" })).Role.RoleId;

        await harness.RunAsync(ActionMode.Apply, [Role(account)], Sessions($"{id}:ann"));

        await bob.Iam("us-east-1").CreateUserAsync(new CreateUserRequest { UserName = "by-bob" });
        await RefusedAsync(() => ann.Iam("us-east-1").CreateUserAsync(new CreateUserRequest { UserName = "by-ann" }));
    }

    [Fact]
    public async Task Without_names_every_session_is_braked_also_one_that_is_opened_later()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        using var before = await AssumeAsync(account, "before");

        await harness.ApplyAsync(Role(account));

        using var after = await AssumeAsync(account, "after");
        await RefusedAsync(() => before.Iam("us-east-1").CreateUserAsync(new CreateUserRequest { UserName = "one" }));
        await RefusedAsync(() => after.Iam("us-east-1").CreateUserAsync(new CreateUserRequest { UserName = "two" }));
        await after.Iam("us-east-1").ListUsersAsync(new ListUsersRequest());
    }

    [Fact]
    public async Task Another_session_is_added_to_those_that_are_braked_and_the_whole_role_takes_their_place()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);
        await harness.RunAsync(ActionMode.Apply, [Role(account)], Sessions("AROAEXAMPLEEXAMPLE12:ann"));
        await harness.RunAsync(ActionMode.Apply, [Role(account)], Sessions("AROAEXAMPLEEXAMPLE12:bob"));
        var both = await DocumentAsync(account);
        Assert.Contains(":ann", both, StringComparison.Ordinal);
        Assert.Contains(":bob", both, StringComparison.Ordinal);

        await harness.ApplyAsync(Role(account));
        Assert.DoesNotContain("aws:userid", await DocumentAsync(account), StringComparison.Ordinal);
        await harness.RunAsync(ActionMode.Apply, [Role(account)], Sessions("AROAEXAMPLEEXAMPLE12:bob"));
        Assert.DoesNotContain("aws:userid", await DocumentAsync(account), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_no_id_is_refused_and_nothing_is_touched()
    {
        using var account = Emulator.NewAccount();
        var harness = await UsedRoleAsync(account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [Role(account)], Sessions("ann"));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("options.sessions must be", receipt.Message, StringComparison.Ordinal);
        Assert.Empty(harness.LastCalls);
    }

    private static ResourceRef Role(TestAccount account) => account.Resource(ResourceKind.IamRole, "worker");

    private static ImmutableSortedDictionary<string, string> Sessions(string ids) => ImmutableSortedDictionary<string, string>.Empty.Add("sessions", ids);

    private static async Task RefusedAsync(Func<Task> call) => Assert.Equal("AccessDenied", (await Assert.ThrowsAnyAsync<AmazonServiceException>(call)).ErrorCode);

    private static async Task<string> DocumentAsync(TestAccount account) => System.Net.WebUtility.UrlDecode(
        (await account.Admin.Iam("us-east-1").GetRolePolicyAsync(new GetRolePolicyRequest { RoleName = "worker", PolicyName = Inline })).PolicyDocument);

    private static string TrustOf(string account) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{account}}:root"},"Action":"sts:AssumeRole"}]}""";

    private static async Task<ActionHarness> UsedRoleAsync(TestAccount account)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = "worker", AssumeRolePolicyDocument = TrustOf(account.Id) });
        await iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = "worker", PolicyArn = IamSeed.Administrator });
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "developer" });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "developer", PolicyArn = IamSeed.Administrator });
        return await ActionHarness.CreateAsync(new BrakeRole(), account);
    }

    private async Task<AwsClients> AssumeAsync(TestAccount account, string name)
    {
        var key = (await account.Admin.Iam("us-east-1").CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "developer" })).AccessKey;
        using var sts = Emulator.SecurityToken(new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), "us-east-1");
        var session = (await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = $"arn:aws:iam::{account.Id}:role/worker", RoleSessionName = name })).Credentials;
        return account.ClientsAs(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
    }

    private static ImmutableSortedDictionary<string, string> Until() =>
        ImmutableSortedDictionary<string, string>.Empty.Add("until", TimeProvider.System.GetUtcNow().AddMinutes(90).ToString("O"));

    private static Task PutAsync(IAmazonIdentityManagementService iam, string role, string name, string document) =>
        iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = role, PolicyName = name, PolicyDocument = document });

    private static async Task<Arrangement> RoleAsync(
        ScenarioStage stage, string name, string path = "/", ImmutableSortedDictionary<string, string>? options = null, Func<IAmazonIdentityManagementService, Task>? furnish = null)
    {
        var iam = stage.Admin.Iam(stage.Region);
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = name, Path = path, AssumeRolePolicyDocument = TrustOf(stage.Account.Id) });
        if (furnish is not null)
            await furnish(iam);
        return ArrangementOf(stage, name, options);
    }

    private static Arrangement ArrangementOf(ScenarioStage stage, string name, ImmutableSortedDictionary<string, string>? options = null) =>
        new(stage.Resource(ResourceKind.IamRole, name))
        {
            Options = options ?? ImmutableSortedDictionary<string, string>.Empty,
            Snapshot = () => IamSeed.RoleStateAsync(stage.Admin.Iam(stage.Region), name),
        };
}
