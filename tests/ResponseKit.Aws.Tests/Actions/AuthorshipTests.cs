using Amazon.ECS;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions.AutoScaling;
using ResponseKit.Aws.Actions.Ec2;
using ResponseKit.Aws.Actions.Ecs;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Aws.Execution;
using ResponseKit.Aws.Tests.Actions.AutoScaling;
using ResponseKit.Aws.Tests.Actions.Ec2;
using ResponseKit.Aws.Tests.Actions.Ecs;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions;

/// <summary>What a record names and the actor did not make is never destroyed; what cannot be proven is held, and a person is told.</summary>
public sealed class AuthorshipTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private ActionHarness? harness;

    [Fact]
    public async Task A_group_that_was_there_before_the_record_is_left_as_it_is()
    {
        using var account = emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync("web", 2);
        var before = await scene.SnapshotAsync();
        foreach (var action in (IResponseAction[])[new ScaleToZero(), new DeleteGroup()])
        {
            var receipt = await ApplyAsync(account, action, [scene.Target("web")], ("since", Claims.Now(60)));
            Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
            Assert.Contains("before the record", receipt.Message, StringComparison.Ordinal);
            Assert.Contains("vouched", receipt.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await scene.SnapshotAsync());
    }

    [Fact]
    public async Task Attached_servers_are_detached_and_run_on_while_the_groups_own_members_end()
    {
        using var account = emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync("miner", 3, with: request => request.MaxSize = 9);
        string[] servers = [await scene.AttachServerAsync("miner"), await scene.AttachServerAsync("miner")];
        var claim = ("since", Claims.Now(-60));

        var scaled = await ApplyAsync(account, new ScaleToZero(), [scene.Target("miner")], claim);
        var deleted = await ApplyAsync(account, new DeleteGroup(), [scene.Target("miner")], claim);

        Assert.Equal(ReceiptStatus.NeedsApproval, scaled.Status);
        Assert.All(servers, server => Assert.Contains($"Instance {server} was attached", scaled.Message, StringComparison.Ordinal));
        Assert.Equal(ReceiptStatus.Applied, deleted.Status);
        Assert.Equal(servers.Order(), (await scene.RunningIdsAsync()).Order());
    }

    [Fact]
    public async Task What_was_attached_in_standby_survives_a_deletion_by_force()
    {
        using var account = emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync("miner", 1, with: request => (request.MinSize, request.MaxSize) = (0, 9));
        var server = await scene.AttachServerAsync("miner");
        await scene.Scaling.EnterStandbyAsync(new() { AutoScalingGroupName = "miner", InstanceIds = [server], ShouldDecrementDesiredCapacity = true });

        await ApplyAsync(account, new DeleteGroup(), [scene.Target("miner")], ("since", Claims.Now(-60)));

        Assert.Null(await scene.FindAsync("miner"));
        Assert.Equal([server], await scene.RunningIdsAsync());
    }

    [Fact]
    public async Task Members_are_held_while_nobody_can_tell_which_of_them_the_group_launched_and_nothing_is_launched_meanwhile()
    {
        using var account = emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync("miner", 2);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DescribeScalingActivities", Code = "AccessDenied", Status = 403 });

        var receipt = await ApplyAsync(account, new ScaleToZero(), [scene.Target("miner")], ("since", Claims.Now(-60)));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("DescribeScalingActivities", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(2, await scene.RunningInstancesAsync());
        Assert.Contains((await scene.GetAsync("miner")).SuspendedProcesses, process => process.ProcessName == "Launch");
    }

    [Fact]
    public async Task A_server_that_was_only_started_in_the_incident_is_not_taken_for_launched()
    {
        using var account = emulator.NewAccount();
        var scene = new InstanceScene(account);
        var server = await scene.LaunchOneAsync();
        await scene.Ec2.StopInstancesAsync(new() { InstanceIds = [server] });
        await Task.Delay(TimeSpan.FromSeconds(7));
        var since = Claims.Now();
        await scene.Ec2.StartInstancesAsync(new() { InstanceIds = [server] });
        var miner = await scene.LaunchOneAsync();

        var receipt = await ApplyAsync(account, new TerminateInstances(), [scene.Target(server), scene.Target(miner)], ("since", since));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains($"Instance {server} is not the actor's: it was launched", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(("running", "terminated"), (await scene.StateAsync(server), await scene.StateAsync(miner)));
        Assert.Contains("; it was launched", receipt.Steps.Single(step => step.Key == $"terminate/{miner}").Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Protection_that_nobody_can_say_was_off_before_stays_on()
    {
        using var account = emulator.NewAccount();
        var scene = new InstanceScene(account);
        var server = await scene.LaunchOneAsync(with: request => request.DisableApiTermination = true);

        var receipt = await ApplyAsync(account, new ReleaseInstanceProtection(), [scene.Target(server)], ("begins", Claims.Now(-60)), ("groups", "[]"));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains("--no-disable-api-termination", receipt.Message, StringComparison.Ordinal);
        Assert.True((await scene.ProtectionAsync(server)).Termination);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_cluster_with_anything_of_somebody_elses_in_it_only_what_is_the_actors_ends(bool isOld)
    {
        using var account = emulator.NewAccount();
        var scene = new ClusterScene(account);
        using var thief = await AdministratorAsync(account, "thief");
        await scene.CreateAsync("prod");
        var shop = await scene.RegisterAsync("shop", LaunchType.FARGATE);
        await scene.ServeAsync("prod", "web", shop, 2);
        if (isOld)
            await Task.Delay(TimeSpan.FromSeconds(7));
        var since = Claims.Now();
        var theirs = new ClusterScene(account, clients: thief);
        await theirs.CreateAsync("prod");
        var miner = await theirs.RegisterAsync("miner", LaunchType.FARGATE);
        await theirs.ServeAsync("prod", "miner", miner, 3);

        var receipt = await ApplyAsync(
            account, new TearDownCluster(), [scene.Target("prod")], ("since", since), ("begins", since), ("by", $"arn:aws:iam::{account.Id}:user/thief"));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains("Cluster prod is not the actor's: in it is service web", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(("ACTIVE", 2), (await scene.StatusAsync("prod"), await scene.RunningTasksAsync("prod")));
        Assert.Equal(TaskDefinitionStatus.ACTIVE, await scene.DefinitionStatusAsync(shop));
        Assert.Null(await scene.DefinitionStatusAsync(miner));
    }

    [Fact]
    public async Task A_task_definition_that_was_borrowed_stays()
    {
        using var account = emulator.NewAccount();
        var scene = new ClusterScene(account);
        using var thief = await AdministratorAsync(account, "thief");
        var shop = await scene.RegisterAsync("shop", LaunchType.FARGATE);
        var theirs = new ClusterScene(account, clients: thief);
        await theirs.CreateAsync("borrow");
        await theirs.ServeAsync("borrow", "miner", shop, 2);

        var receipt = await ApplyAsync(
            account, new TearDownCluster(), [scene.Target("borrow")],
            ("since", Claims.Now(-60)), ("begins", Claims.Now(-600)), ("by", $"arn:aws:iam::{account.Id}:user/thief"));

        Assert.Equal("INACTIVE", await scene.StatusAsync("borrow"));
        Assert.Equal(TaskDefinitionStatus.ACTIVE, await scene.DefinitionStatusAsync(shop));
        Assert.Contains("is not the actor's", Assert.IsType<StepOutcome.Skipped>(receipt.Steps.Single(step => step.Call == "ecs:DeregisterTaskDefinition").Outcome).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cluster_that_was_there_before_stays_though_nothing_but_the_actors_is_in_it(bool isEmpty)
    {
        using var account = emulator.NewAccount();
        var scene = new ClusterScene(account);
        using var thief = await AdministratorAsync(account, "thief");
        await scene.CreateAsync("nightly");
        await Task.Delay(TimeSpan.FromSeconds(7));
        var (since, theirs) = (Claims.Now(), new ClusterScene(account, clients: thief));
        await theirs.CreateAsync("nightly");
        await theirs.CreateAsync("mine");
        if (!isEmpty)
            await theirs.ServeAsync("nightly", "miner", await theirs.RegisterAsync("miner", LaunchType.FARGATE), 2);
        (string, string)[] claim = [("since", since), ("begins", since), ("by", $"arn:aws:iam::{account.Id}:user/thief")];

        var receipt = await ApplyAsync(account, new TearDownCluster(), [scene.Target("nightly")], claim);
        var own = await ApplyAsync(account, new TearDownCluster(), [scene.Target("mine")], claim);

        Assert.Equal((ReceiptStatus.NeedsApproval, ReceiptStatus.Applied), (receipt.Status, own.Status));
        Assert.Contains("an earlier call that created it", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(("ACTIVE", 0, "INACTIVE"), (await scene.StatusAsync("nightly"), await scene.RunningTasksAsync("nightly"), await scene.StatusAsync("mine")));
        var vouched = await ApplyAsync(account, new TearDownCluster(), [scene.Target("nightly")], ("since", since), ("vouched", "true"));
        Assert.Equal(("INACTIVE", ReceiptStatus.Applied), (await scene.StatusAsync("nightly"), vouched.Status));
    }

    [Fact]
    public async Task A_cluster_whose_history_cannot_be_read_stays_and_what_runs_in_it_is_stopped()
    {
        using var account = emulator.NewAccount();
        var scene = new ClusterScene(account);
        await scene.CreateAsync("miner");
        await scene.ServeAsync("miner", "miner", await scene.RegisterAsync("miner", LaunchType.FARGATE), 2);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "LookupEvents", Code = "AccessDeniedException", Status = 400 });

        var receipt = await ApplyAsync(
            account, new TearDownCluster(), [scene.Target("miner")],
            ("since", Claims.Now(-60)), ("begins", Claims.Now(-60)), ("by", $"arn:aws:iam::{account.Id}:root"));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("LookupEvents", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(("ACTIVE", 0), (await scene.StatusAsync("miner"), await scene.RunningTasksAsync("miner")));
    }

    [Fact]
    public async Task A_single_task_of_somebody_elses_is_not_the_actors_by_running_in_their_cluster()
    {
        using var account = emulator.NewAccount();
        var scene = new ClusterScene(account);
        await scene.CreateAsync("batch");
        await scene.RunAsync("batch", await scene.RegisterAsync("report", LaunchType.FARGATE), 2);

        var receipt = await ApplyAsync(
            account, new TearDownCluster(), [scene.Target("batch")], ("since", Claims.Now(-60)), ("begins", Claims.Now(-60)), ("by", "arn:aws:iam::111122223333:user/thief"));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Equal(("ACTIVE", 2), (await scene.StatusAsync("batch"), await scene.RunningTasksAsync("batch")));
    }

    [Theory]
    [InlineData("user")]
    [InlineData("role")]
    public async Task A_name_that_belongs_to_somebody_else_now_is_left_alone(string kind)
    {
        using var account = emulator.NewAccount();
        var iam = account.Admin.Iam("us-east-1");
        var isUser = kind == "user";
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        async Task<string> MakeAsync() => isUser
            ? (await iam.CreateUserAsync(new CreateUserRequest { UserName = "svc" })).User.UserId
            : (await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = "svc", AssumeRolePolicyDocument = trust })).Role.RoleId;
        var first = await MakeAsync();
        if (isUser)
            await iam.DeleteUserAsync(new DeleteUserRequest { UserName = "svc" });
        else
            await iam.DeleteRoleAsync(new DeleteRoleRequest { RoleName = "svc" });
        var second = await MakeAsync();
        IResponseAction action = isUser ? new ContainUser() : new ContainRole();
        var target = account.Resource(isUser ? ResourceKind.IamUser : ResourceKind.IamRole, "svc");

        var held = await ApplyAsync(account, action, [target], ("uniqueId", first));
        var done = await ApplyAsync(account, action, [target], ("uniqueId", second));

        Assert.Equal(ReceiptStatus.NeedsApproval, held.Status);
        Assert.DoesNotContain(held.Steps, step => step.Outcome is StepOutcome.Applied);
        Assert.Contains("somebody else's now", held.Message, StringComparison.Ordinal);
        Assert.Equal(ReceiptStatus.Applied, done.Status);
    }

    private static async Task<AwsClients> AdministratorAsync(TestAccount account, string name)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = name, PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" });
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = name })).AccessKey;
        return account.ClientsAs(key.AccessKeyId, key.SecretAccessKey);
    }

    private async Task<ActionReceipt> ApplyAsync(
        TestAccount account, IResponseAction action, ResourceRef[] targets, params (string Name, string Value)[] options)
    {
        harness = harness?.For(action) ?? await ActionHarness.CreateAsync(action, account);
        return await harness.RunAsync(ActionMode.Apply, targets, Claims.Of(options));
    }
}
