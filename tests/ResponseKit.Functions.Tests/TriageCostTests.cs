using ResponseKit.Aws.Stores;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>What an event costs at the table, and that nothing is saved where the verdict could change.</summary>
public sealed class TriageCostTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task A_session_more_costs_the_same_however_many_were_opened_before()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage");

        var first = await CostAsync(bed, triage, Events.Opens(bed, "ana", "deploy", Session(0)));
        var second = await CostAsync(bed, triage, Events.Opens(bed, "ana", "deploy", Session(1), minutes: 1));
        for (var number = 2; number < 8; number++)
            await triage.InvokeAsync(Events.Opens(bed, "ana", "deploy", Session(number), minutes: number));
        var last = await CostAsync(bed, triage, Events.Opens(bed, "ana", "deploy", Session(8), minutes: 8));

        // The first time the case is judged, and what is usual is learned. Who made the actor is asked by its id too, for it may have been renamed.
        Assert.Equal((6, 17), first);
        Assert.Equal((5, 11), second);
        Assert.Equal(second, last);
    }

    [Fact]
    public async Task A_call_that_looks_around_costs_two_writes_once_its_actor_is_known()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage");
        await triage.InvokeAsync(Events.OfUser(bed, "ana", "sts", "GetCallerIdentity"));

        var again = await CostAsync(bed, triage, Events.OfUser(bed, "ana", "sts", "GetCallerIdentity", minutes: 1));

        Assert.Equal((2, 14), again);
    }

    [Fact]
    public async Task In_a_flood_each_event_costs_the_same()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage");
        for (var number = 0; number < 3; number++)
            await triage.InvokeAsync(Events.OfUser(bed, "ana", "sts", "GetCallerIdentity"));
        var early = await CostAsync(bed, triage, Events.OfUser(bed, "ana", "sts", "GetCallerIdentity"));
        for (var number = 0; number < 60; number++)
            await triage.InvokeAsync(Events.OfUser(bed, "ana", "sts", "GetCallerIdentity"));

        var late = await CostAsync(bed, triage, Events.OfUser(bed, "ana", "sts", "GetCallerIdentity"));

        // Of the same minute the event with the first id is kept, which may be the one that has just come.
        Assert.InRange(early.Writes, 0, 2);
        Assert.InRange(late.Writes, 0, 2);
        Assert.Equal(early.Reads, late.Reads);
    }

    [Fact]
    public async Task A_session_that_acted_before_its_opening_was_heard_of_is_judged_in_the_openers_case()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage");
        await triage.InvokeAsync(Events.Opens(bed, "ana", "deploy", Session(0)));
        var acted = (await triage.InvokeAsync(Events.OfSession(bed, "deploy", Session(1), "cloudtrail", "StopLogging", """{"name":"main"}""", minutes: 2))).Json();

        var opened = (await triage.InvokeAsync(Events.Opens(bed, "ana", "deploy", Session(1), minutes: 1))).Json();

        Assert.EndsWith("role/deploy", acted.GetProperty("root").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("user/ana", opened.GetProperty("root").GetString(), StringComparison.Ordinal);
        Assert.Equal("watch", opened.GetProperty("verdict").GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task An_incident_that_waits_is_taken_up_by_the_next_event_even_by_one_that_says_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var control = new DynamoControlStore(bed.Table);
        await control.SetKillSwitchAsync(new KillSwitch("exercise", "ana", DateTimeOffset.UnixEpoch), CancellationToken.None);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"));
        await triage.InvokeAsync(Events.Opens(bed, "mallory", "deploy", Session(0)));
        var held = (await triage.InvokeAsync(Events.Notice(bed, "mallory"))).Json();
        await control.SetKillSwitchAsync(null, CancellationToken.None);

        var next = (await triage.InvokeAsync(Events.Opens(bed, "mallory", "deploy", Session(1), minutes: 3))).Json();

        Assert.Equal("not-responding", held.GetProperty("outcome").GetString());
        Assert.Equal("responding", next.GetProperty("outcome").GetString());
    }

    private static string Session(int number) => $"ASIAEXAMPLEEXAMPLE0{number}";

    private static async Task<(int Writes, int Reads)> CostAsync(FunctionBed bed, FunctionProcess triage, byte[] payload)
    {
        var since = await bed.Account.JournalEndAsync();
        var answer = (await triage.InvokeAsync(payload)).Json();
        Assert.Equal("kept", answer.GetProperty("outcome").GetString());
        var calls = await bed.TableCallsAsync(since);
        return (calls.Count(call => !ApiCalls.IsRead(call) && call != "dynamodb:Query"), calls.Count(call => ApiCalls.IsRead(call) || call == "dynamodb:Query"));
    }
}
