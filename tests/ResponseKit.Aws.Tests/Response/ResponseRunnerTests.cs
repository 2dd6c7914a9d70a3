using System.Collections.Immutable;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Running;

namespace ResponseKit.Aws.Tests.Response;

public sealed class ResponseRunnerTests
{
    private static readonly RunnerSettings Settings = new() { Pause = TimeSpan.Zero, QuietLooks = 2, MaxLooks = 6, MaxContinuations = 3, AtOnce = 1 };

    [Fact]
    public async Task Takes_the_identity_away_first_and_leaves_what_is_running_to_the_end()
    {
        var functions = new ScriptedFunctions();
        var plan = Plan(
            Apply("ec2.terminate-instances", ResponseStage.Eradicate, "i-1"), Apply("autoscaling.scale-to-zero", ResponseStage.StopSpend, "group"),
            Apply("ec2.release-instance-protection", ResponseStage.ReverseObstruction, "i-1"), Apply("iam.contain-user", ResponseStage.ContainIdentity, "mallory"));

        var report = await RunAsync(functions, plan);

        Assert.Equal(
            ["iam.contain-user apply mallory", "autoscaling.scale-to-zero apply group", "ec2.release-instance-protection apply i-1", "ec2.terminate-instances apply i-1"],
            functions.Asked.Take(4));
        Assert.True(report.CameToRest);
        Assert.Empty(report.Left);
    }

    [Fact]
    public async Task An_action_that_runs_out_of_time_is_asked_to_go_on()
    {
        var functions = new ScriptedFunctions().Answer("iam.contain-user", "apply", ReceiptStatus.Incomplete, ReceiptStatus.Incomplete);

        var report = await RunAsync(functions, Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, "mallory")));

        Assert.Equal(3, functions.Asked.Count(asked => asked == "iam.contain-user apply mallory"));
        Assert.Empty(report.Left);
    }

    [Fact]
    public async Task A_function_that_cannot_be_reached_is_reported_and_stops_nothing_else()
    {
        var functions = new ScriptedFunctions { Unreachable = "iam.contain-user" };
        var plan = Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, "mallory"), Apply("autoscaling.scale-to-zero", ResponseStage.StopSpend, "group"));

        var report = await RunAsync(functions, plan);

        Assert.Contains("autoscaling.scale-to-zero apply group", functions.Asked);
        Assert.Contains("connection refused", Assert.Single(report.Left), StringComparison.Ordinal);
        Assert.False(report.CameToRest);
    }

    [Fact]
    public async Task What_no_longer_holds_is_applied_again_until_it_does()
    {
        var functions = new ScriptedFunctions().Answer("iam.contain-user", "verify", ReceiptStatus.Holds, ReceiptStatus.Broken);

        var report = await RunAsync(functions, Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, "mallory")));

        Assert.Equal(2, functions.Asked.Count(asked => asked == "iam.contain-user apply mallory"));
        Assert.True(report.CameToRest);
    }

    [Fact]
    public async Task What_failed_is_tried_again()
    {
        var functions = new ScriptedFunctions().Answer("iam.contain-user", "apply", ReceiptStatus.Failed);

        var report = await RunAsync(functions, Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, "mallory")));

        Assert.True(report.CameToRest);
        Assert.Empty(report.Left);
    }

    [Fact]
    public async Task What_a_function_holds_back_is_reported_and_not_asked_again()
    {
        var functions = new ScriptedFunctions().Answer("iam.contain-user", "apply", ReceiptStatus.Skipped);

        var report = await RunAsync(functions, Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, "mallory")));

        Assert.Equal(["iam.contain-user apply mallory"], functions.Asked);
        Assert.True(report.CameToRest);
        Assert.Single(report.Left);
    }

    [Fact]
    public async Task What_comes_to_the_case_meanwhile_is_taken_up_and_nothing_twice()
    {
        var functions = new ScriptedFunctions();
        var plans = new Queue<ResponsePlan>([
            Plan(Apply("ec2.terminate-instances", ResponseStage.Eradicate, "i-1")),
            Plan(Apply("ec2.terminate-instances", ResponseStage.Eradicate, "i-1", "i-2")),
        ]);

        await Runner(functions).RunAsync(new Round(() => plans.Count > 1 ? plans.Dequeue() : plans.Peek()), CancellationToken.None);

        Assert.Equal(
            ["ec2.terminate-instances apply i-1", "ec2.terminate-instances apply i-2"],
            functions.Asked.Where(asked => asked.Contains(" apply ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_guard_holds_is_planned_and_reported_never_applied()
    {
        var functions = new ScriptedFunctions();
        var held = Apply("iam.contain-user", ResponseStage.ContainIdentity, "admin");
        held = held with { Guard = new GuardVerdict.Held("protected"), Request = held.Request with { Mode = ActionMode.Plan } };

        var report = await RunAsync(functions, Plan(held, Apply("iam.contain-user", ResponseStage.ContainIdentity, "mallory")));

        Assert.DoesNotContain("iam.contain-user apply admin", functions.Asked);
        Assert.Contains("iam.contain-user apply mallory", functions.Asked);
        Assert.Equal("admin", Assert.Single(report.Held).Request.Targets[0].Name);
    }

    [Fact]
    public async Task What_came_since_the_last_plan_is_planned_for_before_the_round_ends()
    {
        var functions = new ScriptedFunctions();
        var early = Plan(Apply("ec2.terminate-instances", ResponseStage.Eradicate, "i-1")) with { Events = ["early"] };
        var all = Plan(Apply("ec2.terminate-instances", ResponseStage.Eradicate, "i-1", "i-2")) with { Events = ["early", "late"] };
        Round? round = null;
        round = new Round(() => round!.Late.Count > 0 ? early : all) { Late = new(["late"]) };

        var report = await Runner(functions).RunAsync(round, CancellationToken.None);

        Assert.Contains("ec2.terminate-instances apply i-2", functions.Asked);
        Assert.True(report.CameToRest);
        var answered = new AnsweredEvents(round.Kept.Select(pass => pass.Answers));
        Assert.True(answered.Has("early") && answered.Has("late"));
        Assert.False(answered.Has("another"));
        Assert.Equal(2, round.Kept.Count(pass => pass.Answers.Length > 0));
    }

    [Fact]
    public async Task Tells_of_every_step()
    {
        var events = new List<ResponseEvent>();
        var runner = new ResponseRunner(new ScriptedFunctions(), Settings, TimeProvider.System, new Listener(events));

        await runner.RunAsync(new Round(() => Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, "mallory"))), CancellationToken.None);

        Assert.IsType<ResponseEvent.Started>(events[0]);
        Assert.IsType<ResponseEvent.Ended>(events[1]);
        Assert.Equal(new ResponseEvent.Looked(1, 0), events[2]);
    }

    private static Task<ResponseReport> RunAsync(ScriptedFunctions functions, ResponsePlan plan) =>
        Runner(functions).RunAsync(new Round(() => plan), CancellationToken.None);

    private static ResponseRunner Runner(ScriptedFunctions functions) => new(functions, Settings, TimeProvider.System, new Listener([]));

    private static ResponsePlan Plan(params ImmutableArray<PlannedAction> actions) => new("inc-1", actions, []);

    private static PlannedAction Apply(string action, ResponseStage stage, params string[] targets) => new(
        stage,
        action,
        new ActionRequest
        {
            Mode = ActionMode.Apply,
            Account = "111122223333",
            Region = "us-east-1",
            Targets = [.. targets.Select(name => ResourceRef.Of(ResourceKind.EcsCluster, "111122223333", "us-east-1", name))],
            Reason = "test",
            Incident = "inc-1",
        },
        new GuardVerdict.Free());

    private sealed class Round(Func<ResponsePlan> plan) : IResponseRound
    {
        public List<ResponsePass> Kept { get; } = [];

        public Queue<string> Late { get; init; } = [];

        public Task<ResponsePlan> PlanAsync(CancellationToken cancellationToken) => Task.FromResult(plan());

        public Task KeepAsync(ResponsePass pass, CancellationToken cancellationToken)
        {
            Kept.Add(pass);
            return Task.CompletedTask;
        }

        public Task<bool> EndAsync(AnsweredEvents answered, CancellationToken cancellationToken) =>
            Task.FromResult(!Late.TryDequeue(out var late) || answered.Has(late));
    }

    private sealed class Listener(List<ResponseEvent> events) : IProgress<ResponseEvent>
    {
        public void Report(ResponseEvent value) => events.Add(value);
    }
}
