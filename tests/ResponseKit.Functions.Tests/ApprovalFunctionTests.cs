using System.Text.Json;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.StepFunctions;
using ResponseKit.Actors;
using ResponseKit.Aws.Accounts;
using ResponseKit.Correlation;
using ResponseKit.Functions.Steps;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>Answers that cannot be taken. Those that can be are in <see cref="Steps.ApprovalTests"/>.</summary>
public sealed class ApprovalFunctionTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private static readonly DateTimeOffset Start = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_no_answer_or_answers_nothing_is_told_so_and_changes_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var function = bed.Start("approval");

        var malformed = (await function.InvokeAsync(Payload.Of("""{"decision":"yes","incident":"inc-1","by":"alice"}"""))).Json();
        var unknown = (await function.InvokeAsync(Payload.Of("""{"decision":"approve","incident":"inc-1","by":"alice","reason":"x"}"""))).Json();

        Assert.Equal(["decision", "reason"], malformed.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("field").GetString()));
        Assert.Contains("no incident 'inc-1'", unknown.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", unknown.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await bed.TableCallsAsync(0), call => !call.EndsWith("GetItem", StringComparison.Ordinal) && !call.EndsWith("Query", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_can_answer_when_nothing_was_asked_when_time_is_up_or_when_the_round_has_ended()
    {
        var clock = new Clock { Now = Start };
        var (services, incident) = await OpenAsync(new ResponsePolicy { Mode = ResponseMode.Approve }, clock);
        var plan = new PlanFunction(new ResponseSteps(services, new RunnerSettings()));

        var early = await DecideAsync(services, incident);
        await AskAsync(plan, incident, look: 0);
        var waiting = await AskAsync(plan, incident, look: 1);
        clock.Now = Start.AddHours(24);
        var late = await DecideAsync(services, incident);
        var silent = await AskAsync(plan, incident, look: 2);

        Assert.Contains("Nobody was asked", early, StringComparison.Ordinal);
        Assert.True(waiting.GetProperty("waits").GetBoolean());
        Assert.Contains("Nobody answered until 2025-11-03 10:00:00Z", late, StringComparison.Ordinal);
        Assert.False(silent.GetProperty("waits").GetBoolean());
        Assert.Null(Assert.Single(await services.Approvals.OfAsync(incident, CancellationToken.None)).Decision);

        var report = JsonElement.Parse(await new ReportFunction(new ResponseSteps(services, new RunnerSettings())).HandleAsync(Input(incident, 0), Timeout.InfiniteTimeSpan, CancellationToken.None));

        Assert.Contains("Nobody answered", report.GetProperty("approvals")[0].GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, report.GetProperty("held").GetInt32());
        clock.Now = Start.AddHours(1);
        Assert.Contains("ended at 2025-11-03", await DecideAsync(services, incident), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observing_asks_nobody_whatever_the_guards_say()
    {
        var guards = new GuardSettings { ApprovalFor = ["iam.contain-user"], MaxResourcesPerIncident = 0 };
        var (services, incident) = await OpenAsync(new ResponsePolicy { Guards = guards }, new Clock { Now = Start });
        var plan = new PlanFunction(new ResponseSteps(services, new RunnerSettings()));

        await AskAsync(plan, incident, look: 0);
        var second = await AskAsync(plan, incident, look: 1);

        Assert.False(second.GetProperty("waits").GetBoolean());
        Assert.Empty(await services.Approvals.OfAsync(incident, CancellationToken.None));
    }

    private async Task<string> DecideAsync(FunctionServices services, string incident)
    {
        using var account = emulator.NewAccount();
        using var steps = new AmazonStepFunctionsClient(
            new BasicAWSCredentials("AKIAROOT" + account.Id, "any"), emulator.Settings.For(new AmazonStepFunctionsConfig(), FunctionBed.Region));
        var payload = Payload.Of($$"""{"decision":"approve","incident":"{{incident}}","by":"alice","reason":"x"}""");
        var answer = await new ApprovalFunction(services, new StepFunctionsWaker(steps)).HandleAsync(payload, Timeout.InfiniteTimeSpan, CancellationToken.None);
        return JsonElement.Parse(answer).GetProperty("error").GetString()!;
    }

    private static byte[] Input(string incident, int look) => Payload.Of($$"""{"incident":"{{incident}}","round":1,"look":{{look}}}""");

    private static async Task<JsonElement> AskAsync(PlanFunction plan, string incident, int look) =>
        JsonElement.Parse(await plan.HandleAsync(Input(incident, look), Timeout.InfiniteTimeSpan, CancellationToken.None));

    private static async Task<(FunctionServices Services, string Incident)> OpenAsync(ResponsePolicy policy, TimeProvider time)
    {
        var cases = new MemoryCaseStore();
        var mallory = new Actor.User("111122223333", "mallory");
        var cluster = new LineageEntry(ResourceRef.Of(ResourceKind.EcsCluster, "111122223333", "us-east-1", "miner"), LineageRelation.Created, "event-1", Start);
        await cases.AddAsync(new Observation("event-1", Start, mallory, "AKIAMALLORY000000000", "us-east-1", [], [cluster], []), CancellationToken.None);
        var file = (await cases.LoadAsync(mallory.Key, Start.AddHours(-1), CancellationToken.None)).File;
        var incident = Incident.Open(file, Correlator.Judge(file, policy));
        await cases.OpenAsync(incident, (_, _) => Task.FromResult(new AnsweredEvents([])), Start, CancellationToken.None);
        var sts = new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), Amazon.RegionEndpoint.USEast1);
        var services = new FunctionServices
        {
            Policy = policy,
            Accounts = new AssumedAccountAccess(sts, new ResponderRole(), new ClientSettings()),
            Receipts = new MemoryReceiptStore(),
            Cases = cases,
            Control = new MemoryControlStore(),
            Time = time,
        };
        return (services, incident.Id);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
