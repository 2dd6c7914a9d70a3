using Amazon.AutoScaling;
using ResponseKit.Aws.Actions.AutoScaling;
using ResponseKit.Aws.Tests.Actions.Ec2;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.AutoScaling;

public sealed class ScaleToZeroTests(EmulatorFixture emulator) : ActionContract<ScaleToZero>(emulator)
{
    private const string Name = "miner";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a group whose members have EC2 termination protection, beside another group", PlainAsync),
        new("a group held by everything that can hold one", HeldAsync),
        new("a group that somebody else's server was attached to", StrangerAsync) { Outcome = ReceiptStatus.NeedsApproval },
        new("a group of which one member is held as evidence by its id, another by a responder's tag, and a third by the actor's own", KeptAsync)
        {
            Outcome = ReceiptStatus.NeedsApproval,
        },
        new("a group whose name holds wildcards, slashes, spaces and letters beyond ASCII", OddNameAsync),
        new("a group that does not exist", AbsentAsync) { Outcome = ReceiptStatus.NotFound },
    ];

    [Fact]
    public async Task Launching_is_suspended_before_anything_else_is_done()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 2);
        await HoldAsync(scene);
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);

        await action.ApplyAsync(scene.Target(Name));

        Assert.Equal("SuspendProcesses", action.LastCalls.First(call => !ApiCalls.IsRead(call.Call)).Action);
        Assert.Equal(1, action.LastCalls.Count(call => call.Action == "UpdateAutoScalingGroup"));
    }

    [Fact]
    public async Task Sixty_protected_members_are_freed_in_two_calls_and_leave()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 60, with: request => request.NewInstancesProtectedFromScaleIn = true);
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Equal(2, action.LastCalls.Count(call => call.Action == "SetInstanceProtection"));
        Assert.Equal(0, await scene.RunningInstancesAsync());
    }

    [Fact]
    public async Task A_busy_group_is_asked_again()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 1);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "UpdateAutoScalingGroup", Code = "ScalingActivityInProgress", Status = 400, Times = 2 });
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Equal(0, (await scene.GetAsync(Name)).MaxSize);
    }

    [Fact]
    public async Task A_hook_that_cannot_be_deleted_does_not_keep_the_group_from_being_set_to_zero()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 1);
        await scene.Scaling.PutLifecycleHookAsync(new()
        {
            AutoScalingGroupName = Name,
            LifecycleHookName = "on launch",
            LifecycleTransition = "autoscaling:EC2_INSTANCE_LAUNCHING",
        });
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DeleteLifecycleHook", Code = "AccessDenied", Status = 403 });
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Equal("hook/on launch", Assert.Single(receipt.Steps, step => step.Outcome is StepOutcome.Failed).Key);
        Assert.Equal(0, await scene.RunningInstancesAsync());
    }

    [Theory]
    [InlineData("DescribeLifecycleHooks")]
    [InlineData("DescribeScheduledActions")]
    [InlineData("DescribeInstanceRefreshes")]
    public async Task A_read_that_fails_does_not_keep_the_group_from_being_set_to_zero(string operation)
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 1);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = operation, Code = "AccessDenied", Status = 403 });
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains(operation, receipt.Message, StringComparison.Ordinal);
        Assert.Equal(0, await scene.RunningInstancesAsync());
    }

    [Fact]
    public async Task A_group_that_cannot_be_read_is_not_taken_for_gone()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 1);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DescribeAutoScalingGroups", Code = "AccessDenied", Status = 403, Times = 2 });
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);

        Assert.Equal(ReceiptStatus.Failed, (await action.ApplyAsync(scene.Target(Name))).Status);
        Assert.Equal(ReceiptStatus.Broken, (await action.VerifyAsync(scene.Target(Name))).Status);
        Assert.Equal(1, await scene.RunningInstancesAsync());
    }

    [Fact]
    public async Task A_member_in_standby_is_named_as_left_behind()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 2, with: request => request.MinSize = 0);
        var member = (await scene.GetAsync(Name)).Instances[0].InstanceId;
        await scene.Scaling.EnterStandbyAsync(new() { AutoScalingGroupName = Name, InstanceIds = [member], ShouldDecrementDesiredCapacity = true });
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));
        var verified = await action.VerifyAsync(scene.Target(Name));

        Assert.Contains(receipt.Steps, step => step.Key == $"standby/{member}" && step.Outcome is StepOutcome.Skipped);
        Assert.Equal(ReceiptStatus.Broken, verified.Status);
        Assert.Contains(member, verified.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifying_notices_that_the_group_was_raised_again()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 1);
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);
        await action.ApplyAsync(scene.Target(Name));
        await scene.Scaling.ResumeProcessesAsync(new() { AutoScalingGroupName = Name });
        await scene.Scaling.UpdateAutoScalingGroupAsync(new() { AutoScalingGroupName = Name, MaxSize = 999, DesiredCapacity = 1 });

        var verified = await action.VerifyAsync(scene.Target(Name));
        var again = await action.ApplyAsync(scene.Target(Name));
        await action.RevertAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Broken, verified.Status);
        Assert.Equal(ReceiptStatus.Applied, again.Status);
        // Reverting goes back to before the first time, not to what was found the second time.
        Assert.Equal((1, 2, 1), await SizesAsync(scene));
    }

    [Fact]
    public async Task Reverting_a_group_that_was_deleted_meanwhile_says_so()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 1);
        var action = await ActionHarness.CreateAsync(new ScaleToZero(), account);
        await action.ApplyAsync(scene.Target(Name));
        await scene.Scaling.DeleteAutoScalingGroupAsync(new() { AutoScalingGroupName = Name, ForceDelete = true });

        var receipt = await action.RevertAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Skipped, receipt.Status);
        Assert.Contains("gone", receipt.Message, StringComparison.Ordinal);
    }

    private static async Task<(int? Min, int? Max, int? Desired)> SizesAsync(GroupScene scene)
    {
        var group = await scene.GetAsync(Name);
        return (group.MinSize, group.MaxSize, group.DesiredCapacity);
    }

    private static async Task<Arrangement> PlainAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        await scene.CreateAsync(Name, 3, terminationProtected: true);
        await scene.CreateAsync("bystander", 2, terminationProtected: true);
        return Arranged(scene, Name, async () => Assert.Equal(2, await scene.RunningInstancesAsync()));
    }

    private static async Task<Arrangement> HeldAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        await scene.CreateAsync(Name, 3, terminationProtected: true, with: request =>
        {
            request.NewInstancesProtectedFromScaleIn = true;
            request.DeletionProtection = DeletionProtection.PreventAllDeletion;
            request.InstanceLifecyclePolicy = new() { RetentionTriggers = new() { TerminateHookAbandon = RetentionAction.Retain } };
        });
        await HoldAsync(scene);
        return Arranged(scene, Name, async () => Assert.Equal(0, await scene.RunningInstancesAsync()));
    }

    private static async Task<Arrangement> StrangerAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        await scene.CreateAsync(Name, 2, terminationProtected: true);
        var server = await scene.AttachServerAsync(Name);
        return new Arrangement(scene.Target(Name))
        {
            Snapshot = async () => StateText.Of(await SizesAsync(scene)),
            AfterApply = async () => Assert.Equal([server], await scene.RunningIdsAsync()),
        };
    }

    private async Task<Arrangement> KeptAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        await scene.CreateAsync(Name, 4, terminationProtected: true);
        var members = (await scene.GetAsync(Name)).Instances.Select(instance => instance.InstanceId).Order(StringComparer.Ordinal).ToList();
        await EvidenceHold.TagAsync(Emulator, stage.Account, "/ir/", "responder", members[1]);
        await EvidenceHold.TagAsync(Emulator, stage.Account, "/", "worker", members[2]);
        return new Arrangement(scene.Target(Name))
        {
            Guards = EvidenceHold.Guards(stage.Account) with { ForensicHolds = [members[0]] },
            Snapshot = async () => StateText.Of(await SizesAsync(scene)),
            AfterApply = async () => Assert.Equal([members[0], members[1]], (await scene.RunningIdsAsync()).Order(StringComparer.Ordinal)),
        };
    }

    private static async Task<Arrangement> OddNameAsync(ScenarioStage stage)
    {
        const string odd = "a*?/b [c] ünï 'x' \"y\" <z>&=%41";
        var scene = new GroupScene(stage.Account);
        await scene.CreateAsync(odd, 1);
        await scene.CreateAsync("axx/b", 1);
        return Arranged(scene, odd, async () => Assert.Equal(1, await scene.RunningInstancesAsync()));
    }

    private static Task<Arrangement> AbsentAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        return Task.FromResult(new Arrangement(scene.Target(Name)) { Snapshot = scene.SnapshotAsync });
    }

    private static Arrangement Arranged(GroupScene scene, string name, Func<Task> afterApply) => new(scene.Target(name))
    {
        Snapshot = scene.SnapshotAsync,
        AfterApply = async () =>
        {
            var group = await scene.GetAsync(name);
            Assert.Equal((0, 0, 0), (group.MinSize, group.MaxSize, group.DesiredCapacity));
            Assert.Empty(group.Instances ?? []);
            await afterApply();
        },
    };

    private static async Task HoldAsync(GroupScene scene)
    {
        await scene.Scaling.PutWarmPoolAsync(new() { AutoScalingGroupName = Name, MinSize = 1, PoolState = WarmPoolState.Running, InstanceReusePolicy = new() { ReuseOnScaleIn = true } });
        await scene.Scaling.PutLifecycleHookAsync(new()
        {
            AutoScalingGroupName = Name,
            LifecycleHookName = "stay a while",
            LifecycleTransition = "autoscaling:EC2_INSTANCE_TERMINATING",
            HeartbeatTimeout = 7200,
            DefaultResult = "CONTINUE",
        });
        await scene.Scaling.PutScheduledUpdateGroupActionAsync(new()
        {
            AutoScalingGroupName = Name,
            ScheduledActionName = "every night",
            Recurrence = "0 3 * * *",
            MinSize = 20,
            MaxSize = 999,
            DesiredCapacity = 20,
        });
        await scene.Scaling.StartInstanceRefreshAsync(new() { AutoScalingGroupName = Name });
        await scene.Scaling.SuspendProcessesAsync(new() { AutoScalingGroupName = Name, ScalingProcesses = ["Terminate", "AZRebalance"] });
    }
}
