using System.Text;
using System.Text.Json;
using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Actions.Ec2;
using ResponseKit.Aws.Tests.Actions.AutoScaling;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ec2;

public sealed class TerminateInstancesTests(EmulatorFixture emulator) : ActionContract<TerminateInstances>(emulator)
{
    private const string Unknown = "i-0123456789abcdef0";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a protected instance and an unknown id among others in two zones, beside a bystander", TwoZonesAsync) { RevertRestores = false },
        new("an instance of a persistent Spot request", PersistentSpotAsync) { RevertRestores = false },
        new("instances that the actor took out of a group, of which the group launched one", DetachedAsync) { RevertRestores = false, Outcome = ReceiptStatus.NeedsApproval },
        new("miners, of which one is held by its id and one by a responder's tag", KeptAsync) { RevertRestores = false, Outcome = ReceiptStatus.NeedsApproval },
        new("a terminated instance and an id that does not exist", GoneAsync) { Outcome = ReceiptStatus.AlreadyInPlace },
    ];

    [Fact]
    public async Task A_tag_that_the_actor_set_holds_nothing()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var id = await scene.LaunchOneAsync(with: request => request.TagSpecifications =
            [new() { ResourceType = "instance", Tags = [new() { Key = EvidenceHold.Tag, Value = "at launch" }] }]);
        // A role of the responders' name under another path is another role.
        await EvidenceHold.TagAsync(Emulator, account, "/", "responder", id);
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account, guards: EvidenceHold.Guards(account));

        Assert.Equal(ReceiptStatus.Applied, (await action.ApplyAsync(scene.Target(id))).Status);
        Assert.Equal("terminated", await scene.StateAsync(id));
    }

    [Fact]
    public async Task A_tagged_instance_is_left_while_nobody_can_tell_who_tagged_it()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var id = await scene.LaunchOneAsync();
        await EvidenceHold.TagAsync(Emulator, account, "/ir/", "responder", id);
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account, guards: EvidenceHold.Guards(account));
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "LookupEvents", Code = "AccessDeniedException", Status = 400 });

        var receipt = await action.ApplyAsync(scene.Target(id));

        Assert.Equal("running", await scene.StateAsync(id));
        Assert.Contains(receipt.Steps, step => step.Outcome is StepOutcome.NeedsApproval { Reason: var reason } && reason.Contains("could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tag_that_no_record_tells_of_yet_holds_for_it_may_be_a_responder_s()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var id = await scene.LaunchOneAsync();
        await EvidenceHold.TagAsync(Emulator, account, "/ir/", "responder", id);
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account, guards: EvidenceHold.Guards(account));
        // CloudTrail's event history is minutes late.
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Empty, Action = "LookupEvents" });

        var receipt = await action.ApplyAsync(scene.Target(id));

        Assert.Equal("running", await scene.StateAsync(id));
        Assert.Contains(receipt.Steps, step => step.Outcome is StepOutcome.NeedsApproval { Reason: var reason } && reason.Contains("does not tell yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hundred_and_twenty_instances_in_two_zones_take_two_calls()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        string[] ids = [.. await scene.LaunchAsync(60), .. await scene.LaunchAsync(60, InstanceScene.SecondZone)];
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account);

        var receipt = await action.ApplyAsync([.. ids.Select(scene.Target)]);

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Equal(2, action.LastCalls.Count(call => call.Action == "TerminateInstances"));
        Assert.Equal(120, receipt.Steps.Count(step => step.Outcome is StepOutcome.Applied));
        Assert.All(await scene.AllAsync(), instance => Assert.Equal("terminated", instance.State.Name.Value));
    }

    [Fact]
    public async Task One_instance_that_AWS_refuses_does_not_save_the_rest_of_its_batch()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var ids = await scene.LaunchAsync(9);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "TerminateInstances", Match = ids[4], Code = "UnauthorizedOperation", Status = 403 });
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account);

        var receipt = await action.ApplyAsync([.. ids.Select(scene.Target)]);

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Equal(ids[4], Assert.Single(receipt.Steps, step => step.Outcome is StepOutcome.Failed).Resource);
        Assert.Equal(ids[4], Assert.Single(await scene.AllAsync(), instance => instance.State.Name == InstanceStateName.Running).InstanceId);
    }

    [Fact]
    public async Task A_refusal_that_concerns_the_caller_is_not_asked_again_for_each_instance()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var ids = await scene.LaunchAsync(8);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "TerminateInstances", Code = "AuthFailure", Status = 401 });
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account);

        var receipt = await action.ApplyAsync([.. ids.Select(scene.Target)]);

        Assert.Equal(8, receipt.Steps.Count(step => step.Outcome is StepOutcome.Failed { Code: "AuthFailure" }));
        Assert.Single(action.LastCalls, call => call.Action == "TerminateInstances");
    }

    [Fact]
    public async Task Evidence_is_kept_but_not_the_text_of_user_data()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        const string script = "#!/bin/sh\nexport TOKEN=very-secret\n./run.sh";
        var ids = await scene.LaunchAsync(3, with: request =>
        {
            request.UserData = Convert.ToBase64String(Encoding.UTF8.GetBytes(script));
            request.TagSpecifications = [new() { ResourceType = ResourceType.Instance, Tags = [new() { Key = "Name", Value = new string('x', 200) }] }];
        });
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account);

        var receipt = await action.ApplyAsync([.. ids.Select(scene.Target)]);

        var before = receipt.Steps.Select(step => step.Before).ToList();
        Assert.Equal(3, before.Count);
        Assert.All(before, evidence => Assert.Equal("c5.large", (string?)evidence!["type"]));
        Assert.All(before, evidence => Assert.Equal("ami-12c6146b", (string?)evidence!["image"]));
        var sampled = before.Where(evidence => evidence!["userData"] is not null).ToList();
        Assert.Equal(2, sampled.Count);
        Assert.All(sampled, evidence => Assert.Equal(script.Length, (int?)evidence!["userData"]!["bytes"]));
        var json = JsonSerializer.Serialize(receipt);
        Assert.DoesNotContain("very-secret", json, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(script)), json, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 150), json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DescribeInstanceAttribute")]
    [InlineData("DescribeSpotInstanceRequests")]
    public async Task A_read_that_fails_does_not_keep_instances_running(string operation)
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var id = await RequestSpotAsync(scene);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = operation, Code = "UnauthorizedOperation", Status = 403 });
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account);

        var receipt = await action.ApplyAsync(scene.Target(id));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains(operation, receipt.Message, StringComparison.Ordinal);
        Assert.Equal("terminated", await scene.StateAsync(id));
    }

    [Fact]
    public async Task Instances_that_cannot_be_read_are_not_taken_for_terminated()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var id = await scene.LaunchOneAsync();
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DescribeInstances", Code = "UnauthorizedOperation", Status = 403, Times = 2 });
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account);

        var receipt = await action.ApplyAsync(scene.Target(id));
        var verified = await action.VerifyAsync(scene.Target(id));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Equal(ReceiptStatus.Broken, verified.Status);
        Assert.Equal("running", await scene.StateAsync(id));
    }

    [Fact]
    public async Task A_plan_for_a_protected_instance_lists_the_release_of_each_protection()
    {
        using var account = Emulator.NewAccount();
        var scene = new InstanceScene(account);
        var id = await scene.LaunchOneAsync();
        await scene.ProtectAsync(id, termination: true, stop: true);
        var action = await ActionHarness.CreateAsync(new TerminateInstances(), account);

        var receipt = await action.PlanAsync(scene.Target(id));

        Assert.Equal([$"disableApiStop/{id}", $"disableApiTermination/{id}", $"terminate/{id}"], receipt.Steps.Select(step => step.Key).Order(StringComparer.Ordinal));
        Assert.Equal("running", await scene.StateAsync(id));
    }

    private static async Task<Arrangement> DetachedAsync(ScenarioStage stage)
    {
        var groups = new GroupScene(stage.Account);
        await groups.CreateAsync("miner", 2);
        var launched = (await groups.GetAsync("miner")).Instances[0].InstanceId;
        var server = await groups.AttachServerAsync("miner");
        await groups.Scaling.DetachInstancesAsync(new() { AutoScalingGroupName = "miner", InstanceIds = [launched, server], ShouldDecrementDesiredCapacity = false });
        var scene = new InstanceScene(stage.Account);
        return new Arrangement(scene.Target(launched), scene.Target(server))
        {
            Options = Claims.Of(("since", Claims.Now(-60)), ("groups", """["miner"]""")),
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () => Assert.Equal(("terminated", "running"), (await scene.StateAsync(launched), await scene.StateAsync(server))),
        };
    }

    private async Task<Arrangement> KeptAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        var ids = await scene.LaunchAsync(3);
        await EvidenceHold.TagAsync(Emulator, stage.Account, "/ir/", "responder", ids[1]);
        return new Arrangement([.. ids.Select(scene.Target)])
        {
            Options = Claims.Of(("vouched", "true")),
            Guards = EvidenceHold.Guards(stage.Account) with { ForensicHolds = [ids[0]] },
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () => Assert.Equal(
                ("running", "running", "terminated"), (await scene.StateAsync(ids[0]), await scene.StateAsync(ids[1]), await scene.StateAsync(ids[2]))),
        };
    }

    private static async Task<Arrangement> TwoZonesAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        string[] ids = [.. await scene.LaunchAsync(3), .. await scene.LaunchAsync(2, InstanceScene.SecondZone)];
        var bystander = await scene.LaunchOneAsync();
        await scene.ProtectAsync(ids[1], termination: true, stop: true);
        return new Arrangement([.. ids.Select(scene.Target), scene.Target(Unknown)])
        {
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () =>
            {
                foreach (var id in ids)
                    Assert.Equal("terminated", await scene.StateAsync(id));
                Assert.Equal("running", await scene.StateAsync(bystander));
            },
        };
    }

    private static async Task<Arrangement> PersistentSpotAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        var id = await RequestSpotAsync(scene);
        return new Arrangement(scene.Target(id))
        {
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () => Assert.Equal((id, "terminated"), (await scene.AllAsync()).Select(instance => (instance.InstanceId, instance.State.Name.Value)).Single()),
        };
    }

    private static async Task<string> RequestSpotAsync(InstanceScene scene)
    {
        await scene.Ec2.RequestSpotInstancesAsync(new RequestSpotInstancesRequest
        {
            Type = SpotInstanceType.Persistent,
            InstanceCount = 1,
            SpotPrice = "1",
            LaunchSpecification = new LaunchSpecification { ImageId = "ami-12c6146b", InstanceType = InstanceType.C5Large },
        });
        return (await scene.AllAsync()).Single().InstanceId;
    }

    private static async Task<Arrangement> GoneAsync(ScenarioStage stage)
    {
        var scene = new InstanceScene(stage.Account);
        var id = await scene.LaunchOneAsync();
        await scene.Ec2.TerminateInstancesAsync(new([id]));
        return new Arrangement(scene.Target(id), scene.Target(Unknown)) { Snapshot = scene.SnapshotAsync };
    }
}
