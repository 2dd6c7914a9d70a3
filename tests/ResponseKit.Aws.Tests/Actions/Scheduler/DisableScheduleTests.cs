using Amazon.Scheduler;
using Amazon.Scheduler.Model;
using ResponseKit.Aws.Actions.Scheduler;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Scheduler;

public sealed class DisableScheduleTests(EmulatorFixture emulator) : ActionContract<DisableSchedule>(emulator)
{
    private const string Launch = """{"ImageId":"ami-12c6146b","InstanceType":"g5.xlarge","MinCount":4,"MaxCount":4}""";

    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a schedule that launches instances, with everything set that can be set, beside another's of that name", FullAsync),
        new("a schedule of ECS tasks in a group of its own", TasksAsync),
        new("a schedule that is disabled already", DisabledAsync) { Outcome = ReceiptStatus.AlreadyInPlace },
        new("a name that no schedule has", UnknownAsync) { Outcome = ReceiptStatus.NotFound },
    ];

    [Fact]
    public async Task A_schedule_that_was_there_before_is_left_as_it_is()
    {
        using var account = Emulator.NewAccount();
        var scheduler = account.Admin.Scheduler("us-east-1");
        await CreateAsync(account, "default", "nightly");
        var before = await SnapshotAsync(scheduler, ("default", "nightly"));
        var action = await ActionHarness.CreateAsync(new DisableSchedule(), account);

        var receipt = await action.RunAsync(ActionMode.Apply, [Target(account, "default/nightly")], Claims.Of(("since", Claims.Now(60))));

        Assert.Equal(ReceiptStatus.NeedsApproval, receipt.Status);
        Assert.Contains("Schedule default/nightly is not the actor's: it was created", receipt.Message, StringComparison.Ordinal);
        Assert.Equal(before, await SnapshotAsync(scheduler, ("default", "nightly")));
    }

    [Fact]
    public async Task A_schedule_that_calls_something_else_since_then_is_not_enabled_again()
    {
        using var account = Emulator.NewAccount();
        var scheduler = account.Admin.Scheduler("us-east-1");
        await CreateAsync(account, "default", "miner");
        var action = await ActionHarness.CreateAsync(new DisableSchedule(), account);
        var applied = await action.ApplyAsync(Target(account, "default/miner"));
        Assert.Equal(ReceiptStatus.Applied, applied.Status);
        var found = await scheduler.GetScheduleAsync(new GetScheduleRequest { Name = "miner" });
        found.Target.Input = """{"InstanceType":"p5.48xlarge"}""";
        await scheduler.UpdateScheduleAsync(found.With(ScheduleState.DISABLED, TimeProvider.System.GetUtcNow()));

        var reverted = await action.RevertAsync(Target(account, "default/miner"));

        Assert.Equal(ReceiptStatus.NeedsApproval, reverted.Status);
        Assert.Contains("no longer does what it did when it was disabled", reverted.Message, StringComparison.Ordinal);
        Assert.Equal(ScheduleState.DISABLED, (await scheduler.GetScheduleAsync(new GetScheduleRequest { Name = "miner" })).State);
    }

    [Fact]
    public void A_beginning_that_is_past_is_left_out_and_it_is_the_same_schedule_without()
    {
        var now = new DateTimeOffset(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);
        var begun = new GetScheduleResponse { Name = "miner", ScheduleExpression = "rate(5 minutes)", StartDate = now.UtcDateTime.AddMinutes(-6) };
        var toCome = new GetScheduleResponse { Name = "miner", ScheduleExpression = "rate(5 minutes)", StartDate = now.UtcDateTime.AddMinutes(6) };

        Assert.Null(begun.With(ScheduleState.DISABLED, now).StartDate);
        Assert.Equal(toCome.StartDate, toCome.With(ScheduleState.DISABLED, now).StartDate);
        Assert.Equal(ScheduleDefinition.Fingerprint(begun), ScheduleDefinition.Fingerprint(new GetScheduleResponse { Name = "miner", ScheduleExpression = "rate(5 minutes)" }));
    }

    [Fact]
    public async Task The_receipt_tells_what_was_called_and_by_which_role_and_never_the_input()
    {
        using var account = Emulator.NewAccount();
        await CreateAsync(account, "default", "miner");
        var action = await ActionHarness.CreateAsync(new DisableSchedule(), account);

        var receipt = await action.ApplyAsync(Target(account, "miner"));

        var before = Assert.Single(receipt.Steps).Before!;
        Assert.Equal(
            ("arn:aws:scheduler:::aws-sdk:ec2:runInstances", $"arn:aws:iam::{account.Id}:role/scheduler", "rate(5 minutes)"),
            ((string?)before["target"], (string?)before["role"], (string?)before["expression"]));
        Assert.DoesNotContain("g5.xlarge", System.Text.Json.JsonSerializer.Serialize(receipt), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_that_cannot_be_read_is_a_failure_and_not_taken_for_gone()
    {
        using var account = Emulator.NewAccount();
        var scheduler = account.Admin.Scheduler("us-east-1");
        await CreateAsync(account, "default", "miner");
        var action = await ActionHarness.CreateAsync(new DisableSchedule(), account);
        await account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Action = "GetSchedule", Code = "AccessDeniedException", Status = 403, Times = 1 });

        Assert.Equal(ReceiptStatus.Failed, (await action.ApplyAsync(Target(account, "default/miner"))).Status);
        Assert.Equal(ScheduleState.ENABLED, (await scheduler.GetScheduleAsync(new GetScheduleRequest { Name = "miner" })).State);
    }

    private static ResourceRef Target(TestAccount account, string name) => account.Resource(ResourceKind.Schedule, name, "us-east-1");

    private static CreateScheduleRequest Request(string account, string group, string name) => new()
    {
        Name = name,
        GroupName = group,
        ScheduleExpression = "rate(5 minutes)",
        FlexibleTimeWindow = new FlexibleTimeWindow { Mode = FlexibleTimeWindowMode.OFF },
        Target = new Target { Arn = "arn:aws:scheduler:::aws-sdk:ec2:runInstances", RoleArn = $"arn:aws:iam::{account}:role/scheduler", Input = Launch },
    };

    private static async Task CreateAsync(TestAccount account, string group, string name, Action<CreateScheduleRequest>? with = null)
    {
        var request = Request(account.Id, group, name);
        with?.Invoke(request);
        await account.Admin.Scheduler("us-east-1").CreateScheduleAsync(request);
    }

    private static async Task<string> SnapshotAsync(IAmazonScheduler scheduler, params (string Group, string Name)[] schedules)
    {
        var all = new List<object>();
        foreach (var (group, name) in schedules)
        {
            var found = await scheduler.GetScheduleAsync(new GetScheduleRequest { GroupName = group, Name = name });
            all.Add(new { found.Arn, found.State, definition = ScheduleDefinition.Everything(found) });
        }

        return StateText.Of(all);
    }

    private static async Task<Arrangement> FullAsync(ScenarioStage stage)
    {
        var scheduler = stage.Admin.Scheduler(stage.Region);
        await scheduler.CreateScheduleGroupAsync(new CreateScheduleGroupRequest { Name = "batch" });
        await CreateAsync(stage.Account, "batch", "warmup");
        await CreateAsync(stage.Account, "default", "warmup", request =>
        {
            request.Description = "warms caches";
            request.ScheduleExpressionTimezone = "Europe/Vienna";
            request.FlexibleTimeWindow = new FlexibleTimeWindow { Mode = FlexibleTimeWindowMode.FLEXIBLE, MaximumWindowInMinutes = 7 };
            request.ActionAfterCompletion = ActionAfterCompletion.DELETE;
            request.StartDate = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1);
            request.EndDate = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(30);
            request.KmsKeyArn = $"arn:aws:kms:us-east-1:{stage.Account.Id}:key/0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f";
            request.Target.DeadLetterConfig = new DeadLetterConfig { Arn = $"arn:aws:sqs:us-east-1:{stage.Account.Id}:dead" };
            request.Target.RetryPolicy = new RetryPolicy { MaximumEventAgeInSeconds = 3600, MaximumRetryAttempts = 3 };
        });
        return new Arrangement(Target(stage.Account, "default/warmup"))
        {
            Options = Claims.Of(("since", Claims.Now(-60))),
            Snapshot = () => SnapshotAsync(scheduler, ("default", "warmup"), ("batch", "warmup")),
            AfterApply = async () => Assert.Equal(
                (ScheduleState.DISABLED, ScheduleState.ENABLED),
                ((await scheduler.GetScheduleAsync(new GetScheduleRequest { Name = "warmup" })).State,
                    (await scheduler.GetScheduleAsync(new GetScheduleRequest { Name = "warmup", GroupName = "batch" })).State)),
        };
    }

    private static async Task<Arrangement> TasksAsync(ScenarioStage stage)
    {
        var scheduler = stage.Admin.Scheduler(stage.Region);
        await scheduler.CreateScheduleGroupAsync(new CreateScheduleGroupRequest { Name = "batch" });
        await CreateAsync(stage.Account, "batch", "tasks", request =>
        {
            request.Target.Arn = $"arn:aws:ecs:us-east-1:{stage.Account.Id}:cluster/web";
            request.Target.EcsParameters = new EcsParameters
            {
                TaskDefinitionArn = $"arn:aws:ecs:us-east-1:{stage.Account.Id}:task-definition/miner:1",
                TaskCount = 10,
                LaunchType = LaunchType.FARGATE,
                PlatformVersion = "LATEST",
                EnableExecuteCommand = true,
                NetworkConfiguration = new NetworkConfiguration
                {
                    AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = ["subnet-1"], SecurityGroups = ["sg-1"], AssignPublicIp = AssignPublicIp.ENABLED },
                },
            };
        });
        return new Arrangement(Target(stage.Account, "batch/tasks"))
        {
            Snapshot = () => SnapshotAsync(scheduler, ("batch", "tasks")),
            AfterApply = async () => Assert.Equal(
                ScheduleState.DISABLED, (await scheduler.GetScheduleAsync(new GetScheduleRequest { Name = "tasks", GroupName = "batch" })).State),
        };
    }

    private static async Task<Arrangement> DisabledAsync(ScenarioStage stage)
    {
        var scheduler = stage.Admin.Scheduler(stage.Region);
        await CreateAsync(stage.Account, "default", "idle", request => request.State = ScheduleState.DISABLED);
        return new Arrangement(Target(stage.Account, "default/idle")) { Snapshot = () => SnapshotAsync(scheduler, ("default", "idle")) };
    }

    private static Task<Arrangement> UnknownAsync(ScenarioStage stage) =>
        Task.FromResult(new Arrangement(Target(stage.Account, "default/none")) { Snapshot = () => Task.FromResult("") });
}
