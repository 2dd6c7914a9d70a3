using Amazon.EC2.Model;
using ResponseKit.Aws.Actions.Ec2;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ec2;

public sealed class CancelSpotRequestsTests(EmulatorFixture emulator) : ActionContract<CancelSpotRequests>(emulator)
{
    private const string Unknown = "sir-0a1b2c3d";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("persistent and one-time requests, one of whose instances is protected, beside another's", SeveralAsync) { RevertRestores = false },
        new("requests of which one launched what is held by its id and one what a responder tagged", KeptAsync)
        { RevertRestores = false, Outcome = ReceiptStatus.NeedsApproval },
        new("a request that its maker cancelled to leave the instance running", AbandonedAsync) { RevertRestores = false },
        new("an id that no request has", UnknownAsync) { Outcome = ReceiptStatus.NotFound },
    ];

    [Fact]
    public async Task Of_a_call_that_replayed_a_token_nothing_is_cancelled_and_the_actors_own_request_is()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var pipeline = Assert.Single(await scene.RequestSpotAsync(token: "nightly-render"));
        var running = await scene.RunningAsync();
        await Task.Delay(TimeSpan.FromSeconds(7));
        var since = Claims.Now();
        Assert.Equal([pipeline], await scene.RequestSpotAsync(token: "nightly-render"));
        var miner = Assert.Single(await scene.RequestSpotAsync());
        var action = await ActionHarness.CreateAsync(new CancelSpotRequests(), account);

        var receipt = await action.RunAsync(ActionMode.Apply, [scene.SpotRequest(pipeline), scene.SpotRequest(miner)], Claims.Of(("since", since)));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains($"Spot request {pipeline} is not the actor's: it was created", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(("active", "cancelled"), (await scene.RequestStateAsync(pipeline), await scene.RequestStateAsync(miner)));
        Assert.Equal(running, await scene.RunningAsync());
    }

    [Fact]
    public async Task What_a_request_launches_while_it_is_being_cancelled_ends_too()
    {
        using var account = Emulator.NewAccount();
        var scene = new FleetScene(account);
        var request = Assert.Single(await scene.RequestSpotAsync());
        var action = await ActionHarness.CreateAsync(new CancelSpotRequests(), account);
        // While the cancellation is on its way the request replaces its instance.
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Latency, Action = "CancelSpotInstanceRequests", DelayMilliseconds = 3000 });
        var applying = action.ApplyAsync(scene.SpotRequest(request));
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        var first = Assert.Single(await scene.RunningAsync());
        await scene.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [first] });
        var second = Assert.Single(await scene.RunningAsync());

        await applying;

        Assert.NotEqual(first, second);
        Assert.Empty(await scene.RunningAsync());
    }

    private static async Task<Arrangement> SeveralAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        string[] requests = [.. await scene.RequestSpotAsync(2), .. await scene.RequestSpotAsync(persistent: false)];
        var own = await scene.RunningAsync();
        await scene.Instances.ProtectAsync(own[0], termination: true);
        await scene.RequestSpotAsync();
        var bystanders = (await scene.RunningAsync()).Except(own).ToList();
        return new Arrangement([.. requests.Select(scene.SpotRequest)])
        {
            Options = Claims.Of(("since", Claims.Now(-60))),
            Snapshot = () => scene.SnapshotAsync(),
            AfterApply = async () => Assert.Equal(bystanders, await scene.RunningAsync()),
        };
    }

    private async Task<Arrangement> KeptAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        var requests = await scene.RequestSpotAsync(3);
        var ids = await scene.RunningAsync();
        await EvidenceHold.TagAsync(Emulator, stage.Account, "/ir/", "responder", ids[1]);
        return new Arrangement([.. requests.Select(scene.SpotRequest)])
        {
            Options = Claims.Of(("vouched", "true")),
            Guards = EvidenceHold.Guards(stage.Account) with { ForensicHolds = [ids[0]] },
            Snapshot = () => scene.SnapshotAsync(),
            AfterApply = async () => Assert.Equal([ids[0], ids[1]], await scene.RunningAsync()),
        };
    }

    private static async Task<Arrangement> AbandonedAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        var request = Assert.Single(await scene.RequestSpotAsync());
        await scene.Ec2.CancelSpotInstanceRequestsAsync(new CancelSpotInstanceRequestsRequest { SpotInstanceRequestIds = [request] });
        return new Arrangement(scene.SpotRequest(request))
        {
            Options = Claims.Of(("since", Claims.Now(-60))),
            Snapshot = () => scene.SnapshotAsync(),
            AfterApply = async () => Assert.Empty(await scene.RunningAsync()),
        };
    }

    private static Task<Arrangement> UnknownAsync(ScenarioStage stage)
    {
        var scene = new FleetScene(stage.Account);
        return Task.FromResult(new Arrangement(scene.SpotRequest(Unknown)) { Snapshot = () => scene.SnapshotAsync() });
    }
}
