using System.Text.Json;
using Amazon.ECS;
using ResponseKit.Aws.Actions.Ecs;
using ResponseKit.Aws.Tests.Actions.Ec2;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Ecs;

public sealed class TearDownClusterTests(EmulatorFixture emulator) : ActionContract<TearDownCluster>(emulator)
{
    private const string Name = "miner";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a cluster with services of each kind, single tasks, a container instance and capacity providers, beside another", FullAsync) { RevertRestores = false },
        new("a cluster of which the record and everything in it say that the actor made it", ClaimedAsync) { RevertRestores = false },
        new("an empty cluster with the name that is used when none is given", EmptyAsync) { RevertRestores = false },
        new("a cluster that does not exist", AbsentAsync) { Outcome = ReceiptStatus.AlreadyInPlace },
        new("a cluster that was deleted", DeletedAsync) { Outcome = ReceiptStatus.AlreadyInPlace },
    ];

    [Fact]
    public async Task Two_services_and_a_hundred_and_twenty_tasks_are_gone_with_the_cluster()
    {
        using var account = Emulator.NewAccount();
        var scene = new ClusterScene(account);
        await scene.CreateAsync(Name);
        var definition = await scene.RegisterAsync("miner", LaunchType.FARGATE);
        await scene.ServeAsync(Name, "one", definition, 5);
        await scene.ServeAsync(Name, "two", definition, 5);
        await scene.RunAsync(Name, definition, 110);
        var action = await ActionHarness.CreateAsync(new TearDownCluster(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Applied, receipt.Status);
        Assert.Equal(120, receipt.Steps.Count(step => step.Call == "ecs:StopTask"));
        Assert.Equal("INACTIVE", await scene.StatusAsync(Name));
        Assert.Null(await scene.DefinitionStatusAsync(definition));
    }

    [Fact]
    public async Task Evidence_of_task_definitions_leaves_out_the_values_of_their_environment()
    {
        using var account = Emulator.NewAccount();
        var scene = new ClusterScene(account);
        await scene.CreateAsync(Name);
        await scene.ServeAsync(Name, "one", await scene.RegisterAsync("miner", LaunchType.FARGATE), 3);
        var action = await ActionHarness.CreateAsync(new TearDownCluster(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        var container = receipt.Steps.Single(step => step.Call == "ecs:DeregisterTaskDefinition").Before!["containers"]![0]!;
        Assert.Equal("example/miner:latest", (string?)container["image"]);
        Assert.Equal("pool.example", (string?)container["command"]![2]);
        Assert.Equal("WALLET", (string?)container["environment"]![0]);
        Assert.DoesNotContain("very-secret", JsonSerializer.Serialize(receipt), StringComparison.Ordinal);
        Assert.Equal(2, receipt.Steps.Count(step => step is { Call: "ecs:StopTask", Before: not null }));
    }

    [Fact]
    public async Task A_task_that_AWS_will_not_stop_does_not_keep_the_others_running()
    {
        using var account = Emulator.NewAccount();
        var scene = new ClusterScene(account);
        await scene.CreateAsync(Name);
        await scene.RunAsync(Name, await scene.RegisterAsync("miner", LaunchType.FARGATE), 10);
        var stubborn = (await scene.Ecs.ListTasksAsync(new() { Cluster = Name })).TaskArns[3];
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "StopTask", Match = stubborn, Code = "AccessDeniedException", Status = 400 });
        var action = await ActionHarness.CreateAsync(new TearDownCluster(), account);

        // The cluster cannot go with a task in it; waiting for that is cut short.
        var receipt = await action.RunAsync(ActionMode.Apply, [scene.Target(Name)], allowed: TimeSpan.FromSeconds(12));

        Assert.Equal(stubborn[(stubborn.LastIndexOf('/') + 1)..], Assert.Single(receipt.Steps, step => step is { Call: "ecs:StopTask", Outcome: StepOutcome.Failed }).Resource);
        Assert.Equal(1, await scene.RunningTasksAsync(Name));
        Assert.Equal("ACTIVE", await scene.StatusAsync(Name));
    }

    [Theory]
    [InlineData("DescribeServices")]
    [InlineData("DescribeTasks")]
    [InlineData("DescribeTaskDefinition")]
    [InlineData("ListContainerInstances")]
    public async Task A_read_that_fails_does_not_keep_the_cluster(string operation)
    {
        using var account = Emulator.NewAccount();
        var scene = new ClusterScene(account);
        await scene.CreateAsync(Name);
        var definition = await scene.RegisterAsync("miner", LaunchType.FARGATE);
        await scene.ServeAsync(Name, "one", definition, 2);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = operation, Code = "AccessDeniedException", Status = 400 });
        var action = await ActionHarness.CreateAsync(new TearDownCluster(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains(operation, receipt.Message, StringComparison.Ordinal);
        Assert.Equal("INACTIVE", await scene.StatusAsync(Name));
    }

    [Fact]
    public async Task A_run_that_was_cut_short_is_taken_up_again_with_the_task_definitions_it_had_noted()
    {
        using var account = Emulator.NewAccount();
        var scene = new ClusterScene(account);
        await scene.CreateAsync(Name);
        var definition = await scene.RegisterAsync("miner", LaunchType.FARGATE);
        await scene.ServeAsync(Name, "one", definition, 2);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DeregisterTaskDefinition", Code = "AccessDeniedException", Status = 400, Times = 1 });
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "DeleteCluster", Code = "ServerException", Status = 500, Times = 3 });
        var action = await ActionHarness.CreateAsync(new TearDownCluster(), account);

        var cut = await action.ApplyAsync(scene.Target(Name));
        var resumed = await action.ApplyAsync(scene.Target(Name));

        Assert.Equal(ReceiptStatus.Failed, cut.Status);
        Assert.Equal(ReceiptStatus.Applied, resumed.Status);
        Assert.Null(await scene.DefinitionStatusAsync(definition));
        Assert.Equal("INACTIVE", await scene.StatusAsync(Name));
    }

    [Fact]
    public async Task A_capacity_provider_that_another_cluster_uses_is_left()
    {
        using var account = Emulator.NewAccount();
        var scene = new ClusterScene(account);
        await scene.CreateAsync(Name);
        await scene.CreateAsync("bystander");
        await scene.ProvideAsync("shared", Name, "bystander");
        var action = await ActionHarness.CreateAsync(new TearDownCluster(), account);

        var receipt = await action.ApplyAsync(scene.Target(Name));

        Assert.IsType<StepOutcome.Skipped>(receipt.Steps.Single(step => step.Key == "capacity-provider/shared").Outcome);
        Assert.Contains("shared", await scene.SnapshotAsync(), StringComparison.Ordinal);
        Assert.Equal("INACTIVE", await scene.StatusAsync(Name));
    }

    private static async Task<Arrangement> FullAsync(ScenarioStage stage)
    {
        var scene = new ClusterScene(stage.Account);
        await scene.CreateAsync(Name);
        await scene.CreateAsync(Name + "-bystander");
        var definition = await scene.RegisterAsync("miner", LaunchType.FARGATE);
        var onInstances = await scene.RegisterAsync("host-miner");
        var other = await scene.RegisterAsync("web", LaunchType.FARGATE);
        await scene.ServeAsync(Name + "-bystander", "web", other, 2);
        await scene.RunAsync(Name + "-bystander", other, 1);
        var host = await scene.JoinInstanceAsync(Name);
        await scene.ServeAsync(Name, "replicas", definition, 3);
        await scene.ServeAsync(Name, "one on each", onInstances, 1, request => (request.LaunchType, request.NetworkConfiguration, request.SchedulingStrategy) = (LaunchType.EC2, null, SchedulingStrategy.DAEMON));
        await scene.ServeAsync(Name, "external", null!, 1, request => (request.LaunchType, request.NetworkConfiguration, request.DeploymentController) = (null, null, new() { Type = DeploymentControllerType.EXTERNAL }));
        await scene.Ecs.CreateTaskSetAsync(new() { Cluster = Name, Service = "external", TaskDefinition = definition, LaunchType = LaunchType.FARGATE });
        await scene.RunAsync(Name, definition, 4);
        await scene.ProvideAsync("mine", Name);
        return new Arrangement(scene.Target(Name))
        {
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () =>
            {
                Assert.Equal("INACTIVE", await scene.StatusAsync(Name));
                Assert.Null(await scene.DefinitionStatusAsync(definition));
                Assert.Null(await scene.DefinitionStatusAsync(onInstances));
                Assert.Equal(3, await scene.RunningTasksAsync(Name + "-bystander"));
                Assert.Equal(TaskDefinitionStatus.ACTIVE, await scene.DefinitionStatusAsync(other));
                Assert.Equal("running", await new InstanceScene(stage.Account).StateAsync(host));
            },
        };
    }

    private static async Task<Arrangement> ClaimedAsync(ScenarioStage stage)
    {
        var scene = new ClusterScene(stage.Account);
        var since = Claims.Now();
        await scene.CreateAsync(Name);
        var definition = await scene.RegisterAsync("miner", LaunchType.FARGATE);
        await scene.ServeAsync(Name, "replicas", definition, 2);
        await scene.RunAsync(Name, definition, 1);
        return new Arrangement(scene.Target(Name))
        {
            Options = Claims.Of(("since", since), ("begins", since), ("by", $"arn:aws:iam::{stage.Account.Id}:root")),
            Snapshot = scene.SnapshotAsync,
            AfterApply = async () =>
            {
                Assert.Equal("INACTIVE", await scene.StatusAsync(Name));
                Assert.Null(await scene.DefinitionStatusAsync(definition));
            },
        };
    }

    private static async Task<Arrangement> EmptyAsync(ScenarioStage stage)
    {
        var scene = new ClusterScene(stage.Account);
        await scene.CreateAsync("default");
        return new Arrangement(scene.Target("default")) { Snapshot = scene.SnapshotAsync };
    }

    private static Task<Arrangement> AbsentAsync(ScenarioStage stage)
    {
        var scene = new ClusterScene(stage.Account);
        return Task.FromResult(new Arrangement(scene.Target(Name)) { Snapshot = scene.SnapshotAsync });
    }

    private static async Task<Arrangement> DeletedAsync(ScenarioStage stage)
    {
        var scene = new ClusterScene(stage.Account);
        await scene.CreateAsync(Name);
        await scene.Ecs.DeleteClusterAsync(new() { Cluster = Name });
        return new Arrangement(scene.Target(Name)) { Snapshot = scene.SnapshotAsync };
    }
}
