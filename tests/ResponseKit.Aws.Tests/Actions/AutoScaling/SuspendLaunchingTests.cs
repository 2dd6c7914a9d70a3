using ResponseKit.Aws.Actions.AutoScaling;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.AutoScaling;

public sealed class SuspendLaunchingTests(EmulatorFixture emulator) : ActionContract<SuspendLaunching>(emulator)
{
    private const string Name = "workers";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a group with members, beside another one", async stage =>
        {
            var scene = new GroupScene(stage.Account);
            await scene.CreateAsync(Name, 2);
            await scene.CreateAsync("other", 1);
            return Of(scene);
        }),
        new("a group of which some processes are suspended already", async stage =>
        {
            var scene = new GroupScene(stage.Account);
            await scene.CreateAsync(Name, 1);
            await scene.Scaling.SuspendProcessesAsync(new() { AutoScalingGroupName = Name, ScalingProcesses = ["AZRebalance", "Terminate"] });
            return Of(scene);
        }),
        new("a group that does not exist", stage => Task.FromResult(Of(new GroupScene(stage.Account)))) { Outcome = ReceiptStatus.AlreadyInPlace },
    ];

    [Fact]
    public async Task The_members_run_on_and_nothing_is_launched_in_place_of_one_that_goes()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 3);
        var action = await ActionHarness.CreateAsync(new SuspendLaunching(), account);

        await action.ApplyAsync(scene.Target(Name));

        var group = await scene.GetAsync(Name);
        Assert.Equal((3, 6, 3), (group.MinSize, group.MaxSize, group.DesiredCapacity));
        Assert.Equal(3, await scene.RunningInstancesAsync());
        Assert.Contains(group.SuspendedProcesses, process => process.ProcessName == "Launch");
        Assert.DoesNotContain(group.SuspendedProcesses, process => process.ProcessName == "Terminate");
    }

    [Fact]
    public async Task A_group_that_was_there_before_is_left_alone()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 1);
        var action = await ActionHarness.CreateAsync(new SuspendLaunching(), account);

        var receipt = await action.RunAsync(
            ActionMode.Apply, [scene.Target(Name)],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["since"] = TimeProvider.System.GetUtcNow().AddHours(1).ToString("O") });

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.DoesNotContain(action.LastCalls, call => !ApiCalls.IsRead(call.Call));
    }

    private static Arrangement Of(GroupScene scene) => new(scene.Target(Name)) { Snapshot = scene.SnapshotAsync };
}
