using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;
using static ResponseKit.Aws.Tests.Stores.CaseStores;

namespace ResponseKit.Aws.Tests.Stores;

/// <summary>When an incident that was braked goes on to another round, and when its brake is over.</summary>
public sealed class BrakeRoundTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>, IDisposable
{
    private static readonly Actor.User Mallory = new(Account, "mallory");
    private readonly TestAccount account = emulator.NewAccount();

    public static TheoryData<string> Stores => Names;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task To_contain_supersedes_to_brake_while_that_is_under_way(string kind)
    {
        var store = await CreateAsync(kind, emulator, account);
        var braked = await OpenAsync(store, 0, isBrake: true, Seen("e1", Mallory));
        await store.MarkStartedAsync(braked.Record, At(0), CancellationToken.None);

        var contained = await OpenAsync(store, 1, isBrake: false, Seen("e2", Mallory, at: 1));
        var again = await OpenAsync(store, 2, isBrake: true, Seen("e3", Mallory, at: 2));

        Assert.True(contained.IsNew);
        Assert.Equal((braked.Record.Incident.Id, 2, braked.Record.Incident.Brake), (contained.Record.Incident.Id, contained.Record.Round, contained.Record.Incident.Brake));
        Assert.False(again.IsNew);
        Assert.IsType<Verdict.Contain>(again.Record.Incident.Verdict);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_is_refused_or_only_opens_sessions_draws_nothing_out_and_an_act_does_up_to_the_longest_end(string kind)
    {
        var store = await CreateAsync(kind, emulator, account);
        var first = (await OpenAsync(store, 0, isBrake: true, Seen("e1", Mallory))).Record;
        await store.MarkEndedAsync(first, At(60), CancellationToken.None);
        var session = Seen("e3", Mallory, at: 63) with { Signals = [], Links = [new CaseLink("ASIAEXAMPLEEXAMPLE00", Mallory.Key, Start.AddMinutes(63))] };

        var refused = await OpenAsync(store, 62, isBrake: true, Seen("e2", Mallory, at: 61, outcome: new CallOutcome.Denied("AccessDenied")));
        var opened = await OpenAsync(store, 64, isBrake: true, session);
        var second = await OpenAsync(store, 70, isBrake: true, Seen("e4", Mallory, at: 70));
        await store.MarkEndedAsync(second.Record, At(130), CancellationToken.None);
        var third = await OpenAsync(store, 230, isBrake: true, Seen("e5", Mallory, at: 230));
        await store.MarkEndedAsync(third.Record, At(240), CancellationToken.None);
        var beyond = await OpenAsync(store, 250, isBrake: true, Seen("e6", Mallory, at: 250));

        Assert.False(refused.IsNew || opened.IsNew);
        Assert.Equal((2, At(130)), (second.Record.Round, second.Record.Incident.Brake!.Until));
        Assert.Equal((3, At(240)), (third.Record.Round, third.Record.Incident.Brake!.Until));
        Assert.False(beyond.IsNew);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_braked_is_listed_until_it_is_noted_that_all_was_taken_away(string kind)
    {
        var store = await CreateAsync(kind, emulator, account);
        var braked = (await OpenAsync(store, 0, isBrake: true, Seen("e1", Mallory))).Record;
        await store.AddAsync(Seen("x1", new Actor.User(Account, "bob")), CancellationToken.None);

        Assert.Equal([braked.Incident.Id], (await store.BrakedAsync(CancellationToken.None)).Select(record => record.Incident.Id));
        await store.ForgetBrakeAsync(braked, CancellationToken.None);
        Assert.Empty(await store.BrakedAsync(CancellationToken.None));
    }

    public void Dispose() => account.Dispose();

    private static DateTimeOffset At(int minutes) => Start.AddMinutes(minutes);

    // Every plan knew all that was there before.
    private static async Task<IncidentOpening> OpenAsync(ICaseStore store, int minutes, bool isBrake, Observation observation)
    {
        var answered = new AnsweredEvents([]);
        answered.Add((await store.FileAsync(Mallory.Key)).Observations.Select(known => known.EventId));
        await store.AddAsync(observation, CancellationToken.None);
        var file = await store.FileAsync(Mallory.Key);
        var judged = Correlator.Judge(file, new());
        Verdict verdict = isBrake
            ? new Verdict.Brake(judged.Score, judged.Categories, judged.Signals, judged.Explanation)
            : new Verdict.Contain(judged.Score, judged.Categories, judged.Signals, judged.Explanation);
        var brake = isBrake ? BrakeSpan.From(At(minutes), new BrakeSettings()) : null;
        return await store.OpenAsync(Incident.Open(file, verdict) with { Brake = brake }, (_, _) => Task.FromResult(answered), At(minutes), CancellationToken.None);
    }
}
