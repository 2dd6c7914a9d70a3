using System.Collections.Immutable;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Aws.Execution;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Iam;

public sealed class ContainUserTests(EmulatorFixture emulator) : ActionContract<ContainUser>(emulator)
{
    private const string DenyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
    private static readonly string LongName = new('u', 64);

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a user with a path and every kind of credential", stage => WithEverythingAsync(stage)),
        new("an empty user with a name of 64 characters", stage => UserAsync(stage, LongName, _ => Task.CompletedTask)),
        new("a user with as many attached policies as there may be, and a policy of the quarantine's name", stage => UserAsync(stage, "full", async iam =>
        {
            await AttachAllAsync(iam, "full");
            await iam.PutUserPolicyAsync(
                new PutUserPolicyRequest { UserName = "full", PolicyName = "ResponseKitQuarantine", PolicyDocument = DenyDeletion });
        })),
        new("a user with as many attached policies as there may be", stage => UserAsync(stage, "attached", iam => AttachAllAsync(iam, "attached"))),
        new("a user padded with policies of both sorts", stage => UserAsync(stage, "padded", iam => PadAsync(iam, "padded"))),
        new("a padded user with a permissions boundary", stage => UserAsync(stage, "bounded", async iam =>
        {
            await PadAsync(iam, "bounded");
            await iam.PutUserPermissionsBoundaryAsync(
                new PutUserPermissionsBoundaryRequest { UserName = "bounded", PermissionsBoundary = IamSeed.ReadOnly });
        })),
        new("a user that was renamed, known by a key", stage => RenamedAsync(stage, (_, key) => Key(key))),
        new("a user that was renamed, known by the id alone", stage => RenamedAsync(stage, (id, _) => Id(id))),
        new("a user whose name is somebody else's by now", async stage =>
        {
            var renamed = await RenamedAsync(stage, (id, key) => Key(key).AddRange(Id(id)));
            await stage.Admin.Iam(stage.Region).CreateUserAsync(new CreateUserRequest { UserName = "was" });
            return renamed with
            {
                AfterApply = async () =>
                {
                    await renamed.AfterApply();
                    var attached = await stage.Admin.Iam(stage.Region).ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = "was" });
                    Assert.Empty(attached.AttachedPolicies ?? []);
                },
            };
        }),
        new("a user that is gone", stage => Task.FromResult(new Arrangement(stage.Resource(ResourceKind.IamUser, "ghost"))
        {
            Snapshot = () => IamSeed.UserStateAsync(stage.Admin.Iam(stage.Region), "ghost"),
            Options = Key("AKIAIOSFODNN7EXAMPLE"),
        }))
        {
            Outcome = ReceiptStatus.NotFound,
        },
    ];

    // Undoing never grants: a former policy of the quarantine's name comes back only if all it does is deny.
    private const string DenyDeletion = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}""";

    private static ImmutableSortedDictionary<string, string> Id(string id) => ImmutableSortedDictionary<string, string>.Empty.Add("uniqueId", id);

    private static async Task<Arrangement> RenamedAsync(ScenarioStage stage, Func<string, string, ImmutableSortedDictionary<string, string>> options)
    {
        var iam = stage.Admin.Iam(stage.Region);
        var id = (await iam.CreateUserAsync(new CreateUserRequest { UserName = "was" })).User.UserId;
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "was" })).AccessKey;
        await iam.UpdateUserAsync(new UpdateUserRequest { UserName = "was", NewUserName = "is" });
        return new Arrangement(stage.Resource(ResourceKind.IamUser, "was"))
        {
            Snapshot = () => IamSeed.UserStateAsync(iam, "is"),
            Options = options(id, key.AccessKeyId),
            AfterApply = async () =>
            {
                Assert.Equal(StatusType.Inactive, Assert.Single((await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "is" })).AccessKeyMetadata).Status);
                Assert.Equal(DenyAll, Assert.Single((await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = "is" })).AttachedPolicies).PolicyArn);
            },
        };
    }

    [Fact]
    public async Task A_user_that_is_not_found_is_a_status_of_its_own_and_said_first()
    {
        using var account = Emulator.NewAccount();
        var (harness, _) = await StolenAsync(account);

        foreach (var mode in new[] { ActionMode.Plan, ActionMode.Apply, ActionMode.Verify })
        {
            var receipt = await harness.RunAsync(mode, [account.Resource(ResourceKind.IamUser, "nobody")], Key("AKIAIOSFODNN7EXAMPLE"));
            Assert.Equal(ReceiptStatus.NotFound, receipt.Status);
            Assert.StartsWith("Not found: there is no user nobody", receipt.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("nothing was left to do", receipt.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Strikes_key_and_deny_before_it_lists_anything()
    {
        using var account = Emulator.NewAccount();
        var (harness, key) = await StolenAsync(account);

        await harness.RunAsync(ActionMode.Apply, [Thief(account)], Key(key.AccessKeyId));

        Assert.Equal(["iam:AttachUserPolicy", "iam:UpdateAccessKey"], harness.LastCalls.Take(2).Select(call => call.Call).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_stolen_key_and_a_session_made_from_it_are_refused_afterwards()
    {
        using var account = Emulator.NewAccount();
        var (harness, key) = await StolenAsync(account);
        using var sts = Emulator.SecurityToken(new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), "us-east-1");
        var session = (await sts.GetSessionTokenAsync(new GetSessionTokenRequest())).Credentials;
        using var byKey = account.ClientsAs(key.AccessKeyId, key.SecretAccessKey);
        using var bySession = account.ClientsAs(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
        await byKey.Lambda("us-east-1").ListFunctionsAsync(new ListFunctionsRequest());
        await bySession.Lambda("us-east-1").ListFunctionsAsync(new ListFunctionsRequest());

        await harness.RunAsync(ActionMode.Apply, [Thief(account)], Key(key.AccessKeyId));

        await Refused(byKey, "InvalidClientTokenId", "UnrecognizedClientException");
        await Refused(bySession, "AccessDeniedException");
    }

    [Fact]
    public async Task Undoing_leaves_somebody_alone_who_has_the_name_by_now_and_was_contained_for_themselves()
    {
        using var account = Emulator.NewAccount();
        var iam = account.Admin.Iam("us-east-1");
        var first = (await iam.CreateUserAsync(new CreateUserRequest { UserName = "thief" })).User;
        var harness = await ActionHarness.CreateAsync(new ContainUser(), account);
        await harness.RunAsync(ActionMode.Apply, [Thief(account)], Id(first.UserId), incident: "inc-1");
        await iam.DetachUserPolicyAsync(new DetachUserPolicyRequest { UserName = "thief", PolicyArn = DenyAll });
        await iam.DeleteUserAsync(new DeleteUserRequest { UserName = "thief" });
        var second = (await iam.CreateUserAsync(new CreateUserRequest { UserName = "thief" })).User;
        await harness.RunAsync(ActionMode.Apply, [Thief(account)], Id(second.UserId), incident: "inc-2");

        var undone = await harness.RunAsync(ActionMode.Revert, [Thief(account)], incident: "inc-1");

        Assert.NotEqual(first.UserId, second.UserId);
        Assert.Equal(ReceiptStatus.NeedsApproval, undone.Status);
        var attached = await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = "thief" });
        Assert.Equal(DenyAll, Assert.Single(attached.AttachedPolicies).PolicyArn);
        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Revert, [Thief(account)], incident: "inc-2")).Status);
    }

    [Fact]
    public async Task What_an_attacker_undoes_is_found_broken_and_done_again()
    {
        using var account = Emulator.NewAccount();
        var (harness, key) = await StolenAsync(account);
        var options = Key(key.AccessKeyId);
        await harness.RunAsync(ActionMode.Apply, [Thief(account)], options);
        var iam = account.Admin.Iam("us-east-1");
        await iam.UpdateAccessKeyAsync(new UpdateAccessKeyRequest { UserName = "thief", AccessKeyId = key.AccessKeyId, Status = StatusType.Active });
        await iam.DetachUserPolicyAsync(new DetachUserPolicyRequest { UserName = "thief", PolicyArn = DenyAll });

        Assert.Equal(ReceiptStatus.Broken, (await harness.RunAsync(ActionMode.Verify, [Thief(account)], options)).Status);
        Assert.Equal(ReceiptStatus.Applied, (await harness.RunAsync(ActionMode.Apply, [Thief(account)], options)).Status);
        Assert.Equal(ReceiptStatus.Holds, (await harness.RunAsync(ActionMode.Verify, [Thief(account)], options)).Status);

        await harness.RevertAsync(Thief(account));
        var keys = await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "thief" });
        Assert.Equal(StatusType.Active, Assert.Single(keys.AccessKeyMetadata).Status);
    }

    [Fact]
    public async Task One_refused_call_does_not_stop_the_others()
    {
        using var account = Emulator.NewAccount();
        var (harness, key) = await StolenAsync(account);
        foreach (var call in new[] { "AttachUserPolicy", "ListSSHPublicKeys" })
            await account.AddFaultAsync(new() { Kind = EmulatorFaultKind.Error, Service = "iam", Action = call, Code = "AccessDenied", Status = 403 });

        var receipt = await harness.RunAsync(ActionMode.Apply, [Thief(account)], Key(key.AccessKeyId));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("iam:ListSSHPublicKeys", receipt.Message, StringComparison.Ordinal);
        Assert.IsType<StepOutcome.Applied>(Outcome(receipt, $"access-key/{key.AccessKeyId}"));
        Assert.IsType<StepOutcome.Applied>(Outcome(receipt, "deny/inline"));
    }

    [Fact]
    public async Task A_password_made_a_moment_ago_is_deleted_once_IAM_lets_it_go()
    {
        using var account = Emulator.NewAccount();
        var (harness, _) = await StolenAsync(account);
        await account.Admin.Iam("us-east-1").CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = "thief", Password = "correct-Horse-7" });
        await account.AddFaultAsync(new()
        {
            Kind = EmulatorFaultKind.Error,
            Service = "iam",
            Action = "DeleteLoginProfile",
            Code = "EntityTemporarilyUnmodifiable",
            Status = 409,
            Times = 2,
        });

        var receipt = await harness.ApplyAsync(Thief(account));

        Assert.IsType<StepOutcome.Applied>(Outcome(receipt, "login-profile"));
        var undone = await harness.RevertAsync(Thief(account));
        Assert.Contains("create-login-profile", Assert.IsType<StepOutcome.Skipped>(Outcome(undone, "login-profile")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_temporary_key_in_the_event_is_left_to_the_deny()
    {
        using var account = Emulator.NewAccount();
        var (harness, key) = await StolenAsync(account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [Thief(account)], Key("ASIAIOSFODNN7EXAMPLE"));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.DoesNotContain(receipt.Steps, step => step.Key.Contains("ASIA", StringComparison.Ordinal));
        Assert.IsType<StepOutcome.Applied>(Outcome(receipt, $"access-key/{key.AccessKeyId}"));
    }

    [Fact]
    public async Task Nothing_is_written_when_no_time_is_left()
    {
        using var account = Emulator.NewAccount();
        var (harness, key) = await StolenAsync(account);

        var receipt = await harness.RunAsync(ActionMode.Apply, [Thief(account)], Key(key.AccessKeyId), TimeSpan.Zero);

        Assert.Equal(ReceiptStatus.Incomplete, receipt.Status);
        Assert.DoesNotContain(harness.LastCalls, call => !ApiCalls.IsRead(call.Call));
    }

    [Fact]
    public async Task Undoing_tolerates_that_the_user_is_gone()
    {
        using var account = Emulator.NewAccount();
        var (harness, key) = await StolenAsync(account);
        await harness.ApplyAsync(Thief(account));
        var iam = account.Admin.Iam("us-east-1");
        foreach (var policy in new[] { DenyAll, IamSeed.Administrator })
            await iam.DetachUserPolicyAsync(new DetachUserPolicyRequest { UserName = "thief", PolicyArn = policy });
        await iam.DeleteAccessKeyAsync(new DeleteAccessKeyRequest { UserName = "thief", AccessKeyId = key.AccessKeyId });
        await iam.DeleteUserAsync(new DeleteUserRequest { UserName = "thief" });

        Assert.Equal(ReceiptStatus.AlreadyInPlace, (await harness.RevertAsync(Thief(account))).Status);
    }

    [Fact]
    public async Task A_receipt_is_found_from_any_region_and_never_used_on_another_user()
    {
        using var account = Emulator.NewAccount();
        var (_, key) = await StolenAsync(account);
        await account.Admin.Iam("us-east-1").CreateUserAsync(new CreateUserRequest { UserName = "bystander" });
        var executor = new ActionExecutor(new AdministratorAccess(account), new MemoryReceiptStore(), TimeProvider.System);
        Task<ActionReceipt> Run(ActionRequest request) =>
            executor.ExecuteAsync(new ContainUser(), request, Timeout.InfiniteTimeSpan, CancellationToken.None);

        var applied = await Run(RequestOf(account, ActionMode.Apply, key.AccessKeyId));
        var onAnother = RequestOf(account, ActionMode.Revert, key.AccessKeyId) with
        {
            Receipt = applied.Id,
            Targets = [account.Resource(ResourceKind.IamUser, "bystander")],
        };
        await Assert.ThrowsAsync<ReceiptNotFoundException>(() => Run(onAnother));

        var elsewhere = RequestOf(account, ActionMode.Revert, key.AccessKeyId) with { Region = "eu-west-1" };
        Assert.Equal(ReceiptStatus.Applied, (await Run(elsewhere)).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_run_that_is_cut_off_is_finished_by_the_next_and_undone_whole(int saves)
    {
        using var account = Emulator.NewAccount();
        var (_, key) = await StolenAsync(account);
        var before = await IamSeed.UserStateAsync(account.Admin.Iam("us-east-1"), "thief");
        var store = new CutOffStore(new MemoryReceiptStore(), saves);
        var executor = new ActionExecutor(new AdministratorAccess(account), store, TimeProvider.System);
        Task<ActionReceipt> Run(ActionMode mode) => executor.ExecuteAsync(
            new ContainUser(), RequestOf(account, mode, key.AccessKeyId), Timeout.InfiniteTimeSpan, CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => Run(ActionMode.Apply));
        store.Mend();
        await Run(ActionMode.Apply);

        Assert.Equal(ReceiptStatus.Holds, (await Run(ActionMode.Verify)).Status);
        await Run(ActionMode.Revert);
        Assert.Equal(before, await IamSeed.UserStateAsync(account.Admin.Iam("us-east-1"), "thief"));
    }

    private static ActionRequest RequestOf(TestAccount account, ActionMode mode, string key) => new()
    {
        Mode = mode,
        Account = account.Id,
        Region = "us-east-1",
        Targets = [Thief(account)],
        Reason = "test",
        Options = Key(key),
    };

    private static ResourceRef Thief(TestAccount account) => account.Resource(ResourceKind.IamUser, "thief");

    private static StepOutcome Outcome(ActionReceipt receipt, string key) => receipt.Steps.Single(step => step.Key == key).Outcome;

    private static ImmutableSortedDictionary<string, string> Key(string id) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("accessKeyId", id);

    private static async Task Refused(AwsClients clients, params string[] codes)
    {
        var refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => clients.Lambda("us-east-1").ListFunctionsAsync(new ListFunctionsRequest()));
        Assert.Contains(refusal.ErrorCode, codes);
    }

    private static async Task<(ActionHarness Harness, AccessKey Key)> StolenAsync(TestAccount account)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "thief" });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "thief", PolicyArn = IamSeed.Administrator });
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "thief" })).AccessKey;
        return (await ActionHarness.CreateAsync(new ContainUser(), account), key);
    }

    private static async Task<Arrangement> UserAsync(ScenarioStage stage, string name, Func<IAmazonIdentityManagementService, Task> furnish)
    {
        var iam = stage.Admin.Iam(stage.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name });
        await furnish(iam);
        return new Arrangement(stage.Resource(ResourceKind.IamUser, name)) { Snapshot = () => IamSeed.UserStateAsync(iam, name) };
    }

    private static async Task AttachAllAsync(IAmazonIdentityManagementService iam, string user)
    {
        foreach (var policy in IamSeed.TenPolicies)
            await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = user, PolicyArn = policy });
    }

    private static async Task PadAsync(IAmazonIdentityManagementService iam, string user)
    {
        await AttachAllAsync(iam, user);
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = user, PolicyName = "padding", PolicyDocument = IamSeed.PaddedPolicy(2000) });
    }

    private static async Task<Arrangement> WithEverythingAsync(ScenarioStage stage)
    {
        const string user = "ci-bot";
        var iam = stage.Admin.Iam(stage.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = user, Path = "/ops/build/" });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = user, PolicyArn = IamSeed.Administrator });
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = user, PolicyName = "own", PolicyDocument = IamSeed.AllowAll });
        var stolen = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = user })).AccessKey;
        var retired = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = user })).AccessKey;
        await iam.UpdateAccessKeyAsync(new UpdateAccessKeyRequest { UserName = user, AccessKeyId = retired.AccessKeyId, Status = StatusType.Inactive });
        await iam.CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = user, Password = "correct-Horse-7" });
        await iam.CreateServiceSpecificCredentialAsync(new CreateServiceSpecificCredentialRequest { UserName = user, ServiceName = "codecommit.amazonaws.com" });
        await IamSeed.UploadSshKeyAsync(iam, user);
        await IamSeed.UploadCertificateAsync(iam, user);
        return new Arrangement(stage.Resource(ResourceKind.IamUser, user))
        {
            Options = Key(stolen.AccessKeyId),
            Snapshot = () => IamSeed.UserStateAsync(iam, user),
            AfterApply = async () =>
            {
                Assert.DoesNotContain("\"Active\"", await IamSeed.UserStateAsync(iam, user), StringComparison.Ordinal);
                await Assert.ThrowsAsync<NoSuchEntityException>(() => iam.GetLoginProfileAsync(new GetLoginProfileRequest { UserName = user }));
            },
        };
    }
}
