using Amazon.AutoScaling;
using ResponseKit.Aws.Actions.AutoScaling;
using ResponseKit.Aws.Tests.Actions.Ec2;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.AutoScaling;

public sealed class DeleteGroupTests(EmulatorFixture emulator) : ActionContract<DeleteGroup>(emulator)
{
    private const string Name = "miner";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a group protected from deletion, with members, beside another group", ProtectedAsync) { RevertRestores = false },
        new("a group with a warm pool that somebody else's server was attached to", StrangerAsync) { RevertRestores = false, Outcome = ReceiptStatus.NeedsApproval },
        new("a group of which a responder holds a member by a tag", KeptAsync) { RevertRestores = false, Outcome = ReceiptStatus.NeedsApproval },
        new("a group that does not exist", AbsentAsync) { Outcome = ReceiptStatus.NotFound },
    ];

    [Fact]
    public async Task The_definition_is_kept_in_the_receipt()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 2, with: request => request.Tags = [new() { Key = "owner", Value = "nobody", PropagateAtLaunch = false, ResourceId = Name, ResourceType = "auto-scaling-group" }]);
        await scene.Scaling.PutLifecycleHookAsync(new() { AutoScalingGroupName = Name, LifecycleHookName = "hook", LifecycleTransition = "autoscaling:EC2_INSTANCE_TERMINATING" });
        var members = (await scene.GetAsync(Name)).Instances.Select(instance => instance.InstanceId).ToList();
        var action = await ActionHarness.CreateAsync(new DeleteGroup(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        var before = Assert.Single(receipt.Steps).Before!;
        Assert.Equal(4, (int?)before["settings"]!["max"]);
        Assert.StartsWith("template of ", (string?)before["launchTemplate"]!["name"], StringComparison.Ordinal);
        Assert.Equal("hook", (string?)before["hooks"]![0]!["name"]);
        Assert.Equal("nobody", (string?)before["tags"]!["owner"]);
        Assert.Equal(members.Order(), before["members"]!.AsArray().Select(id => (string?)id).Order());
    }

    [Fact]
    public async Task A_group_that_is_busy_for_a_moment_is_deleted_all_the_same()
    {
        using var account = Emulator.NewAccount();
        var scene = new GroupScene(account);
        await scene.CreateAsync(Name, 1);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DeleteAutoScalingGroup", Code = "ResourceInUse", Status = 400, Times = 1 });
        var action = await ActionHarness.CreateAsync(new DeleteGroup(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Null(await scene.FindAsync(Name));
    }

    private static async Task<Arrangement> StrangerAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        await scene.CreateAsync(Name, 1);
        await scene.Scaling.PutWarmPoolAsync(new() { AutoScalingGroupName = Name, MinSize = 1 });
        var server = await scene.AttachServerAsync(Name);
        return new Arrangement(scene.Target(Name))
        {
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () =>
            {
                Assert.Null(await scene.FindAsync(Name));
                Assert.Equal([server], await scene.RunningIdsAsync());
            },
        };
    }

    private async Task<Arrangement> KeptAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        await scene.CreateAsync(Name, 2);
        var kept = (await scene.GetAsync(Name)).Instances[1].InstanceId;
        await EvidenceHold.TagAsync(Emulator, stage.Account, "/ir/", "responder", kept);
        return new Arrangement(scene.Target(Name))
        {
            // A person's word that all is the actor's does not lift the hold.
            Options = Claims.Of(("vouched", "true")),
            Guards = EvidenceHold.Guards(stage.Account),
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () =>
            {
                Assert.Null(await scene.FindAsync(Name));
                Assert.Equal([kept], await scene.RunningIdsAsync());
            },
        };
    }

    private static async Task<Arrangement> ProtectedAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        await scene.CreateAsync(Name, 2, terminationProtected: true, with: request => request.DeletionProtection = DeletionProtection.PreventAllDeletion);
        await scene.CreateAsync("bystander", 1);
        return new Arrangement(scene.Target(Name))
        {
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () =>
            {
                Assert.Null(await scene.FindAsync(Name));
                Assert.Equal(1, await scene.RunningInstancesAsync());
                Assert.Single((await scene.GetAsync("bystander")).Instances);
            },
        };
    }

    private static Task<Arrangement> AbsentAsync(ScenarioStage stage)
    {
        var scene = new GroupScene(stage.Account);
        return Task.FromResult(new Arrangement(scene.Target(Name)) { Snapshot = scene.SnapshotAsync });
    }
}
