using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Actions.Ec2;
using ResponseKit.Aws.Tests.Actions.AutoScaling;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ec2;

public sealed class ReleaseInstanceProtectionTests(EmulatorFixture emulator) : ActionContract<ReleaseInstanceProtection>(emulator)
{
    private const string Unknown = "i-0123456789abcdef0";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("instances with termination protection, stop protection and both, beside a protected bystander", ProtectedAsync),
        new("an instance protected at launch by its launch template", FromTemplateAsync),
        new("a miner of a group that the actor made, and a server that was there before", OfGroupAsync) { Outcome = ReceiptStatus.NeedsApproval },
        new("two miners, of which a responder holds one as evidence", KeptAsync) { Outcome = ReceiptStatus.NeedsApproval },
        new("an instance without protection", UnprotectedAsync) { Outcome = ReceiptStatus.AlreadyInPlace },
        new("a terminated instance and an id that does not exist", GoneAsync) { Outcome = ReceiptStatus.AlreadyInPlace },
        new("a Spot Instance, which cannot be protected", SpotAsync) { Outcome = ReceiptStatus.Skipped },
    ];

    [Fact]
    public async Task Termination_succeeds_only_after_both_protections_are_cleared()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var id = await scene.LaunchOneAsync();
        await scene.ProtectAsync(id, termination: true, stop: true);
        var action = await ActionHarness.CreateAsync(new ReleaseInstanceProtection(), account);

        await Assert.ThrowsAsync<AmazonEC2Exception>(() => scene.Ec2.TerminateInstancesAsync(new([id])));
        var receipt = await action.ApplyAsync(scene.Target(id));
        await scene.Ec2.TerminateInstancesAsync(new([id]));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Equal(2, action.LastCalls.Count(call => call.Action == "ModifyInstanceAttribute"));
        Assert.Equal("terminated", await scene.StateAsync(id));
    }

    [Fact]
    public async Task Two_instances_of_a_hundred_and_twenty_that_AWS_refuses_do_not_keep_the_others_protected()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var ids = await scene.LaunchAsync(120, with: request => request.DisableApiTermination = true);
        foreach (var stubborn in ids.Take(2))
            await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "ModifyInstanceAttribute", Match = stubborn, Code = "UnauthorizedOperation", Status = 403 });
        var action = await ActionHarness.CreateAsync(new ReleaseInstanceProtection(), account);

        var receipt = await action.ApplyAsync([.. ids.Select(scene.Target)]);

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Equal(118, receipt.Steps.Count(step => step.Outcome is StepOutcome.Applied));
        Assert.Equal(ids.Take(2).Order(), receipt.Steps.Where(step => step.Outcome is StepOutcome.Failed { Code: "UnauthorizedOperation" }).Select(step => step.Resource).Order());
        Assert.False((await scene.ProtectionAsync(ids[^1])).Termination);
        Assert.True((await scene.ProtectionAsync(ids[0])).Termination);
    }

    [Fact]
    public async Task Reverting_passes_over_an_instance_that_was_terminated_meanwhile()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var ids = await scene.LaunchAsync(2);
        foreach (var id in ids)
            await scene.ProtectAsync(id);
        var action = await ActionHarness.CreateAsync(new ReleaseInstanceProtection(), account);
        var targets = ids.Select(scene.Target).ToArray();
        await action.ApplyAsync(targets);
        await scene.Ec2.TerminateInstancesAsync(new([ids[0]]));

        var receipt = await action.RevertAsync(targets);

        Assert.Contains("terminated", Assert.Single(receipt.Steps.Select(step => step.Outcome).OfType<StepOutcome.Skipped>()).Reason);
        Assert.True((await scene.ProtectionAsync(ids[1])).Termination);
    }

    private static async Task<Arrangement> OfGroupAsync(ScenarioStage stage)
    {
        var groups = new GroupScene(stage.Account);
        await groups.CreateAsync("miner", 1, terminationProtected: true);
        var launched = (await groups.GetAsync("miner")).Instances[0].InstanceId;
        var scene = new InstanceScene(stage.Account);
        var server = await scene.LaunchOneAsync(with: request => request.DisableApiTermination = true);
        return new Arrangement(scene.Target(launched), scene.Target(server))
        {
            Options = Claims.Of(("begins", Claims.Now(-60)), ("groups", """["miner"]""")),
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () => Assert.Equal((false, true), ((await scene.ProtectionAsync(launched)).Termination, (await scene.ProtectionAsync(server)).Termination)),
        };
    }

    private async Task<Arrangement> KeptAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        var ids = await scene.LaunchAsync(2, with: request => request.DisableApiTermination = true);
        await EvidenceHold.TagAsync(Emulator, stage.Account, "/ir/", "responder", ids[0]);
        return new Arrangement(scene.Target(ids[0]), scene.Target(ids[1]))
        {
            Guards = EvidenceHold.Guards(stage.Account),
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () => Assert.Equal((true, false), ((await scene.ProtectionAsync(ids[0])).Termination, (await scene.ProtectionAsync(ids[1])).Termination)),
        };
    }

    private static async Task<Arrangement> ProtectedAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        var ids = await scene.LaunchAsync(3);
        var bystander = await scene.LaunchOneAsync();
        await scene.ProtectAsync(ids[0], termination: true);
        await scene.ProtectAsync(ids[1], termination: false, stop: true);
        await scene.ProtectAsync(ids[2], termination: true, stop: true);
        await scene.ProtectAsync(bystander, termination: true, stop: true);
        return new Arrangement([.. ids.Select(scene.Target)])
        {
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () =>
            {
                foreach (var id in ids)
                    Assert.Equal((false, false), await scene.ProtectionAsync(id));
                Assert.Equal((true, true), await scene.ProtectionAsync(bystander));
            },
        };
    }

    private static async Task<Arrangement> FromTemplateAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        await scene.Ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = "miner",
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-12c6146b", InstanceType = InstanceType.C5Large, DisableApiTermination = true },
        });
        var id = await scene.LaunchOneAsync(with: request => request.LaunchTemplate = new LaunchTemplateSpecification { LaunchTemplateName = "miner", Version = "$Latest" });
        Assert.True((await scene.ProtectionAsync(id)).Termination);
        return new Arrangement(scene.Target(id))
        {
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () => Assert.Equal((false, false), await scene.ProtectionAsync(id)),
        };
    }

    private static async Task<Arrangement> UnprotectedAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        return new Arrangement(scene.Target(await scene.LaunchOneAsync())) { Snapshot = scene.SnapshotAsync };
    }

    private static async Task<Arrangement> GoneAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        var id = await scene.LaunchOneAsync();
        await scene.Ec2.TerminateInstancesAsync(new([id]));
        return new Arrangement(scene.Target(id), scene.Target(Unknown)) { Snapshot = scene.SnapshotAsync };
    }

    private static async Task<Arrangement> SpotAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        var id = await scene.LaunchOneAsync(with: request => request.InstanceMarketOptions = new InstanceMarketOptionsRequest { MarketType = MarketType.Spot });
        return new Arrangement(scene.Target(id)) { Snapshot = scene.SnapshotAsync };
    }
}
