using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.Ec2;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ec2;

public sealed class EndSpotFleetTests(EmulatorFixture emulator) : ActionContract<EndSpotFleet>(emulator)
{
    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a Spot fleet, one of whose instances is protected, beside another's", BesideAnotherAsync) { RevertRestores = false },
        new("a Spot fleet of which one instance is held by its id and one by a responder's tag", KeptAsync)
        { RevertRestores = false, Outcome = ReceiptStatus.NeedsApproval },
        new("an id that no Spot fleet has", UnknownAsync) { Outcome = ReceiptStatus.NotFound },
    ];

    [Fact]
    public async Task A_Spot_fleet_that_was_there_before_is_left_as_it_is()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.RequestFleetAsync();
        var before = await scene.SnapshotAsync();

        var receipt = await RunAsync(account, fleet, ("since", Claims.Now(60)));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains($"Spot fleet {fleet} is not the actor's: it was created", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(before, await scene.SnapshotAsync());
    }

    [Fact]
    public async Task A_Spot_fleet_ends_although_its_role_is_denied_everything_first()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        await account.Admin.Iam("us-east-1").CreateRoleAsync(new CreateRoleRequest
        {
            RoleName = "spot-worker",
            AssumeRolePolicyDocument = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"spotfleet.amazonaws.com"},"Action":"sts:AssumeRole"}]}""",
        });
        var fleet = await scene.RequestFleetAsync(3, "spot-worker");
        var cut = await ActionHarness.CreateAsync(new ContainRole(), account);
        await cut.RunAsync(ActionMode.Apply, [account.Resource(ResourceKind.IamRole, "spot-worker")], Claims.Of(("denyAll", "true")));
        var action = cut.For(new EndSpotFleet());

        var receipt = await action.RunAsync(ActionMode.Apply, [scene.SpotFleet(fleet)], Claims.Of(("since", Claims.Now(-60))));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Empty(await scene.RunningAsync());
        // Nothing is left to the fleet's role: AWS is asked to leave the instances, and they are ended in the responder's name.
        var cancelled = action.LastCalls.Single(call => call.Action == "CancelSpotFleetRequests");
        Assert.Equal("cancelled_running", await scene.SpotStateAsync(fleet));
        Assert.True(cancelled.Succeeded);
        Assert.Equal(3, receipt.Steps.Count(step => step is { Call: "ec2:TerminateInstances", Outcome: StepOutcome.Applied }));
    }

    [Fact]
    public async Task A_Spot_fleet_is_cancelled_although_nobody_can_read_what_it_launched()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var fleet = await scene.RequestFleetAsync();
        var running = await scene.RunningAsync();
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DescribeSpotFleetInstances", Code = "UnauthorizedOperation", Status = 403 });

        var receipt = await RunAsync(account, fleet, ("since", Claims.Now(-60)));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("DescribeSpotFleetInstances", receipt.Message, StringComparison.Ordinal);
        Assert.Equal("cancelled_running", await scene.SpotStateAsync(fleet));
        Assert.Equal(running, await scene.RunningAsync());
    }

    private static async Task<ActionReceipt> RunAsync(TestAccount account, string fleet, params (string Name, string Value)[] options)
    {
        var action = await ActionHarness.CreateAsync(new EndSpotFleet(), account);
        return await action.RunAsync(ActionMode.Apply, [new FleetScene(account).SpotFleet(fleet)], Claims.Of(options));
    }

    private static async Task<Arrangement> BesideAnotherAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        var fleet = await scene.RequestFleetAsync(3);
        var own = await scene.RunningAsync();
        await scene.Instances.ProtectAsync(own[0], termination: true);
        await scene.RequestFleetAsync();
        var bystanders = (await scene.RunningAsync()).Except(own).ToList();
        return new Arrangement(scene.SpotFleet(fleet))
        {
            Options = Claims.Of(("since", Claims.Now(-60))),
            Snapshot = () => scene.SnapshotAsync(),
            AfterApply = async () => Assert.Equal(bystanders, await scene.RunningAsync()),
        };
    }

    private async Task<Arrangement> KeptAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        var fleet = await scene.RequestFleetAsync(4);
        var ids = await scene.RunningAsync();
        await EvidenceHold.TagAsync(Emulator, stage.Account, "/ir/", "responder", ids[1]);
        return new Arrangement(scene.SpotFleet(fleet))
        {
            Options = Claims.Of(("vouched", "true")),
            Guards = EvidenceHold.Guards(stage.Account) with { ForensicHolds = [ids[0]] },
            Snapshot = () => scene.SnapshotAsync(),
            AfterApply = async () => Assert.Equal([ids[0], ids[1]], await scene.RunningAsync()),
        };
    }

    private static Task<Arrangement> UnknownAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        return Task.FromResult(new Arrangement(scene.SpotFleet("sfr-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f")) { Snapshot = () => scene.SnapshotAsync() });
    }
}
