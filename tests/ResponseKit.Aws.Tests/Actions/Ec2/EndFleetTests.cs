using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Actions.Ec2;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ec2;

public sealed class EndFleetTests(EmulatorFixture emulator) : ActionContract<EndFleet>(emulator)
{
    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a fleet that replaces what ends, one of whose instances is protected, beside another's fleet", MaintainedAsync) { RevertRestores = false },
        new("a fleet of Spot Instances, whose requests would launch again", SpotAsync) { RevertRestores = false },
        new("a fleet that launched once", stage => OfTypeAsync(stage, FleetType.Request)) { RevertRestores = false },
        new("an instant fleet, which goes only with its instances", stage => OfTypeAsync(stage, FleetType.Instant)) { RevertRestores = false },
        new("a fleet of which one instance is held by its id and one by a responder's tag", stage => KeptAsync(stage, FleetType.Maintain))
        { RevertRestores = false, Outcome = ReceiptStatus.NeedsApproval },
        new("an instant fleet of which one instance is held by its id and one by a responder's tag", stage => KeptAsync(stage, FleetType.Instant))
        { RevertRestores = false, Outcome = ReceiptStatus.NeedsApproval },
        new("a fleet that its maker deleted to leave the instances running", AbandonedAsync) { RevertRestores = false },
        new("an id that no fleet has", UnknownAsync) { Outcome = ReceiptStatus.NotFound },
    ];

    [Fact]
    public async Task A_fleet_whose_id_a_replayed_token_gave_to_the_actor_is_left_as_it_is()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var pipeline = await scene.CreateAsync(FleetType.Maintain, token: "nightly-render");
        await Task.Delay(TimeSpan.FromSeconds(7));
        var since = Claims.Now();
        Assert.Equal(pipeline, await scene.CreateAsync(FleetType.Maintain, token: "nightly-render"));
        var before = await scene.SnapshotAsync();

        var receipt = await RunAsync(account, pipeline, ("since", since));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains($"EC2 fleet {pipeline} is not the actor's: it was created", receipt.Message, StringComparison.Ordinal);
        Assert.Contains("send ec2.end-fleet the target", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(before, await scene.SnapshotAsync());
    }

    [Fact]
    public async Task Only_what_the_fleet_launched_ends_although_others_come_from_the_same_template()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var pipeline = await scene.CreateAsync(FleetType.Maintain, 3);
        var theirs = await scene.RunningAsync();
        var single = await scene.Instances.LaunchOneAsync(with: request => request.TagSpecifications =
            [new() { ResourceType = ResourceType.Instance, Tags = [new() { Key = "fleet", Value = pipeline }] }]);
        var miner = await scene.CreateAsync(FleetType.Maintain, 4);

        var receipt = await RunAsync(account, miner, ("since", Claims.Now(-60)));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Equal([.. theirs.Append(single).Order(StringComparer.Ordinal)], await scene.RunningAsync());
        Assert.Equal(("active", "deleted_running"), (await scene.StateAsync(pipeline), await scene.StateAsync(miner)));
    }

    [Fact]
    public async Task A_fleet_is_stopped_before_the_first_of_its_instances_ends()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.CreateAsync(FleetType.Maintain, 3);
        var action = await ActionHarness.CreateAsync(new EndFleet(), account);

        await action.ApplyAsync(scene.Fleet(fleet));

        var writes = action.LastCalls.Where(call => call.Service == "ec2" && !ApiCalls.IsRead(call.Call)).Select(call => call.Action).ToList();
        Assert.Equal(["DeleteFleets", "TerminateInstances"], writes);
        Assert.Empty(await scene.RunningAsync());
    }

    [Fact]
    public async Task Evidence_inside_the_actors_fleet_runs_on_and_is_told_while_the_rest_ends()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.CreateAsync(FleetType.Maintain, 3);
        var kept = (await scene.RunningAsync())[1];
        var action = await ActionHarness.CreateAsync(new EndFleet(), account, guards: new() { ForensicHolds = [kept] });

        var receipt = await action.ApplyAsync(scene.Fleet(fleet));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains($"Instance {kept} of EC2 fleet {fleet} is kept as evidence", receipt.Message, StringComparison.Ordinal);
        Assert.Equal("deleted_running", await scene.StateAsync(fleet));
        Assert.Equal([kept], await scene.RunningAsync());
    }

    [Fact]
    public async Task What_a_fleet_left_running_that_its_maker_deleted_ends()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.CreateAsync(FleetType.Maintain, 3);
        await scene.Ec2.DeleteFleetsAsync(new DeleteFleetsRequest { FleetIds = [fleet], TerminateInstances = false });

        Assert.Equal(ReceiptStatus.Applied, (await RunAsync(account, fleet, ("since", Claims.Now(-60)))).Status);
        Assert.Empty(await scene.RunningAsync());
    }

    [Fact]
    public async Task A_fleet_that_is_being_enlarged_is_deleted_as_soon_as_that_is_over()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.CreateAsync(FleetType.Maintain);
        await scene.Ec2.ModifyFleetAsync(new ModifyFleetRequest { FleetId = fleet, TargetCapacitySpecification = new() { TotalTargetCapacity = 5 } });
        var action = await ActionHarness.CreateAsync(new EndFleet(), account);

        var receipt = await action.ApplyAsync(scene.Fleet(fleet));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.True(action.LastCalls.Count(call => call.Action == "DeleteFleets") > 1);
        Assert.Empty(await scene.RunningAsync());
    }

    [Fact]
    public async Task A_fleet_is_stopped_although_nobody_can_read_what_it_launched_and_the_next_pass_ends_that()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.CreateAsync(FleetType.Maintain);
        var running = await scene.RunningAsync();
        var action = await ActionHarness.CreateAsync(new EndFleet(), account);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DescribeFleetInstances", Code = "UnauthorizedOperation", Status = 403, Times = 2 });

        var receipt = await action.ApplyAsync(scene.Fleet(fleet));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("DescribeFleetInstances", receipt.Message, StringComparison.Ordinal);
        Assert.Equal("deleted_running", await scene.StateAsync(fleet));
        Assert.Equal(running, await scene.RunningAsync());
        Assert.Equal(ReceiptStatus.Applied, (await action.ApplyAsync(scene.Fleet(fleet))).Status);
        Assert.Empty(await scene.RunningAsync());
    }

    [Fact]
    public async Task A_deletion_that_AWS_refuses_is_a_failure_and_the_instances_end_all_the_same()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.CreateAsync(FleetType.Request);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DeleteFleets", Code = "UnauthorizedOperation", Status = 403 });

        var receipt = await RunAsync(account, fleet, ("since", Claims.Now(-60)));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("UnauthorizedOperation", receipt.Message, StringComparison.Ordinal);
        Assert.Equal("active", await scene.StateAsync(fleet));
        Assert.Empty(await scene.RunningAsync());
    }

    [Fact]
    public async Task The_receipt_keeps_what_the_fleet_was()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.CreateAsync(FleetType.Maintain, 3);

        var receipt = await RunAsync(account, fleet, ("since", Claims.Now(-60)));

        var before = receipt.Steps.Single(step => step.Key == $"fleet/{fleet}").Before!;
        Assert.Equal(("maintain", 3), ((string?)before["type"], (int?)before["capacity"]));
        Assert.Equal("batch-worker version 1", (string?)before["launchTemplates"]![0]);
        Assert.All(receipt.Steps.Where(step => step.Call == "ec2:TerminateInstances"), step => Assert.Equal("ami-12c6146b", (string?)step.Before!["image"]));
        Assert.All(
            receipt.Steps.Where(step => step.Call == "ec2:TerminateInstances"),
            step => Assert.Contains($"EC2 fleet {fleet} launched it: it was created", step.Summary, StringComparison.Ordinal));
    }

    private static async Task<ActionReceipt> RunAsync(TestAccount account, string fleet, params (string Name, string Value)[] options)
    {
        var action = await ActionHarness.CreateAsync(new EndFleet(), account);
        return await action.RunAsync(ActionMode.Apply, [new FleetScene(account).Fleet(fleet)], Claims.Of(options));
    }

    private static async Task<Arrangement> MaintainedAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        var fleet = await scene.CreateAsync(FleetType.Maintain, 3);
        await scene.Instances.ProtectAsync((await scene.RunningAsync())[1], termination: true, stop: true);
        var own = await scene.RunningAsync();
        await scene.CreateAsync(FleetType.Maintain);
        var bystanders = (await scene.RunningAsync()).Except(own).ToList();
        return new Arrangement(scene.Fleet(fleet))
        {
            Options = Claims.Of(("since", Claims.Now(-60))),
            Snapshot = () => scene.SnapshotAsync(),
            AfterApply = async () => Assert.Equal(bystanders, await scene.RunningAsync()),
        };
    }

    private static async Task<Arrangement> SpotAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        var fleet = await scene.CreateAsync(FleetType.Maintain, 2, spot: true);
        return new Arrangement(scene.Fleet(fleet))
        {
            Options = Claims.Of(("since", Claims.Now(-60))),
            Snapshot = () => scene.SnapshotAsync(),
            AfterApply = async () => Assert.Empty(await scene.RunningAsync()),
        };
    }

    private static async Task<Arrangement> OfTypeAsync(ScenarioStage stage, FleetType type)
    {
        var scene = new FleetScene(stage.Account);
        var fleet = await scene.CreateAsync(type, 2);
        var bystander = await scene.Instances.LaunchOneAsync();
        return new Arrangement(scene.Fleet(fleet))
        {
            Snapshot = () => scene.SnapshotAsync(fleet),
            AfterApply = async () =>
            {
                Assert.Equal([bystander], await scene.RunningAsync());
                Assert.StartsWith("deleted", await scene.StateAsync(fleet), StringComparison.Ordinal);
            },
        };
    }

    private async Task<Arrangement> KeptAsync(ScenarioStage stage, FleetType type)
    {
        var scene = new FleetScene(stage.Account);
        var fleet = await scene.CreateAsync(type, 4);
        var ids = await scene.RunningAsync();
        await EvidenceHold.TagAsync(Emulator, stage.Account, "/ir/", "responder", ids[1]);
        return new Arrangement(scene.Fleet(fleet))
        {
            Options = Claims.Of(("vouched", "true")),
            Guards = EvidenceHold.Guards(stage.Account) with { ForensicHolds = [ids[0]] },
            Snapshot = () => scene.SnapshotAsync(fleet),
            AfterApply = async () => Assert.Equal([ids[0], ids[1]], await scene.RunningAsync()),
        };
    }

    private static async Task<Arrangement> AbandonedAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        var fleet = await scene.CreateAsync(FleetType.Maintain, 2);
        await scene.Ec2.DeleteFleetsAsync(new DeleteFleetsRequest { FleetIds = [fleet], TerminateInstances = false });
        return new Arrangement(scene.Fleet(fleet))
        {
            Options = Claims.Of(("since", Claims.Now(-60))),
            Snapshot = () => scene.SnapshotAsync(),
            AfterApply = async () => Assert.Empty(await scene.RunningAsync()),
        };
    }

    private static Task<Arrangement> UnknownAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        return Task.FromResult(new Arrangement(scene.Fleet("fleet-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f")) { Snapshot = () => scene.SnapshotAsync() });
    }
}
