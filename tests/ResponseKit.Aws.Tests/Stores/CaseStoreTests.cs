using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Aws.Stores;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;
using static ResponseKit.Aws.Tests.Stores.CaseStores;

namespace ResponseKit.Aws.Tests.Stores;

/// <summary>What every case store must do, for each of them.</summary>
public sealed class CaseStoreTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private static readonly Actor Mallory = new Actor.User(Account, "mallory");
    private static readonly Actor Helper = new Actor.User(Account, "helper");
    private static readonly Actor Shared = new Actor.Role(Account, "shared");

    public static TheoryData<string> Stores => Names;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_event_that_comes_twice_counts_once(string kind)
    {
        var store = await StoreAsync(kind);

        Assert.True((await store.AddAsync(Seen("e1", Mallory), CancellationToken.None)).IsNew);
        Assert.False((await store.AddAsync(Seen("e1", Mallory), CancellationToken.None)).IsNew);

        Assert.Single((await store.FileAsync(Mallory.Key)).Observations);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_kept_is_as_it_was_observed(string kind)
    {
        var store = await StoreAsync(kind);
        var cluster = new LineageEntry(ResourceRef.Of(ResourceKind.EcsCluster, Account, "us-east-1", "x"), LineageRelation.Created, "e1", Start);
        var observation = Seen("e1", Mallory, key: "AKIAMALLORY000000000") with { Lineage = [cluster] };

        await store.AddAsync(observation, CancellationToken.None);

        var kept = Assert.Single((await store.FileAsync(Mallory.Key)).Observations);
        Assert.Equal(cluster, Assert.Single(kept.Lineage));
        Assert.Equal(observation.Signals[0].Outcome, kept.Signals[0].Outcome);
        Assert.Equal(observation.Signals[0].Finding.Explanation, kept.Signals[0].Finding.Explanation);
        Assert.Equal((observation.Time, observation.Actor, observation.AccessKeyId), (kept.Time, kept.Actor, kept.AccessKeyId));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_a_made_user_does_belongs_to_the_maker_even_when_the_making_is_heard_of_last(string kind)
    {
        var store = await StoreAsync(kind);
        await store.AddAsync(Seen("e2", Helper, at: 5, key: "AKIAHELPER0000000000"), CancellationToken.None);
        Assert.Equal(Helper.Key, await store.RootOf(Helper, "AKIAHELPER0000000000"));

        await store.AddAsync(Seen("e1", Mallory) with { Links = [new(Helper.Key, Mallory.Key, Start)] }, CancellationToken.None);

        Assert.Equal(Mallory.Key, await store.RootOf(Helper, "AKIAHELPER0000000000"));
        var file = await store.FileAsync(Mallory.Key);
        Assert.Equal(["e1", "e2"], file.Observations.Select(observation => observation.EventId));
        Assert.Empty((await store.FileAsync(Helper.Key)).Observations);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Of_a_shared_roles_calls_only_those_of_the_linked_session_belong_to_who_opened_it(string kind)
    {
        var store = await StoreAsync(kind);
        await store.AddAsync(Seen("e1", Mallory) with { Links = [new("ASIAMALLORY000000000", Mallory.Key, Start)] }, CancellationToken.None);
        await store.AddAsync(Seen("e2", Shared, key: "ASIAMALLORY000000000"), CancellationToken.None);
        await store.AddAsync(Seen("e3", Shared, key: "ASIAINNOCENT00000000"), CancellationToken.None);

        var mallorys = await store.FileAsync(Mallory.Key);
        var others = await store.FileAsync(Shared.Key);

        Assert.Equal(["e1", "e2"], mallorys.Observations.Select(observation => observation.EventId));
        Assert.Equal(["e3"], others.Observations.Select(observation => observation.EventId));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_user_made_anew_by_somebody_else_is_not_the_first_makers_doing(string kind)
    {
        var store = await StoreAsync(kind);
        var second = new Actor.User(Account, "second");
        await store.AddAsync(Seen("e2", second, at: 9) with { Links = [new(Helper.Key, second.Key, Start.AddMinutes(9))] }, CancellationToken.None);
        await store.AddAsync(Seen("e1", Mallory) with { Links = [new(Helper.Key, Mallory.Key, Start)] }, CancellationToken.None);

        Assert.Equal(second.Key, await store.RootOf(Helper, null));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Actors_that_made_each_other_are_one_case(string kind)
    {
        var store = await StoreAsync(kind);
        await store.AddAsync(Seen("e1", Mallory) with { Links = [new(Helper.Key, Mallory.Key, Start)] }, CancellationToken.None);
        await store.AddAsync(Seen("e2", Helper, at: 1) with { Links = [new(Mallory.Key, Helper.Key, Start.AddMinutes(1))] }, CancellationToken.None);

        var root = await store.RootOf(Mallory, null);

        Assert.Equal(root, await store.RootOf(Helper, null));
        Assert.Equal(2, (await store.FileAsync(root)).Observations.Length);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Of_many_triages_one_opens_the_incident(string kind)
    {
        var store = await StoreAsync(kind);
        var incident = await IncidentOfAsync(store, Seen("e1", Mallory));

        var openings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.OpenAsync(incident, Knows(), Start, CancellationToken.None)));

        Assert.Single(openings, opening => opening.IsNew);
        Assert.All(openings, opening => Assert.Equal(incident.Id, opening.Record.Incident.Id));
        Assert.Equal(incident.Id, Assert.Single(await store.ListAsync(CancellationToken.None)).Incident.Id);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_incident_is_found_with_all_that_is_known_by_now(string kind)
    {
        var store = await StoreAsync(kind);
        var incident = await IncidentOfAsync(store, Seen("e1", Mallory));
        await store.OpenAsync(incident, Knows(), Start, CancellationToken.None);
        await store.AddAsync(Seen("e2", Mallory, at: 1), CancellationToken.None);

        var found = await store.FindAsync(incident.Id, CancellationToken.None);

        Assert.Equal(2, found!.Incident.Case.Observations.Length);
        Assert.Equal(incident.Verdict.Score, found.Incident.Verdict.Score);
        Assert.Equal(Mallory, found.Incident.Root);
        Assert.Null(await store.FindAsync("inc-other", CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_the_actor_made_before_the_incident_is_no_part_of_it(string kind)
    {
        var store = await StoreAsync(kind);
        await store.AddAsync(Seen("honest", Mallory, at: -60 * 24), CancellationToken.None);
        await store.AddAsync(Seen("unremarkable", Mallory, at: -9) with { Signals = [] }, CancellationToken.None);
        var incident = await IncidentOfAsync(store, Seen("e1", Mallory));
        await store.OpenAsync(incident, Knows(), Start, CancellationToken.None);

        var found = await store.FindAsync(incident.Id, CancellationToken.None);

        Assert.Equal(["unremarkable", "e1"], found!.Incident.Case.Observations.Select(observation => observation.EventId));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task After_a_response_has_ended_only_something_that_took_effect_opens_the_incident_again(string kind)
    {
        var store = await StoreAsync(kind);
        var first = (await store.OpenAsync(await IncidentOfAsync(store, Seen("e1", Mallory)), Knows(), Start, CancellationToken.None)).Record;
        await store.MarkStartedAsync(first, Start.AddMinutes(1), CancellationToken.None);
        Assert.True(await store.MarkEndedAsync(first, Start.AddMinutes(10), CancellationToken.None));

        var refused = await store.OpenAsync(
            await IncidentOfAsync(store, Seen("e2", Mallory, at: 20, outcome: new CallOutcome.Denied("AccessDenied"))), Knows("e1"), Start.AddMinutes(21), CancellationToken.None);
        var again = await store.OpenAsync(await IncidentOfAsync(store, Seen("e3", Mallory, at: 30)), Knows("e1"), Start.AddMinutes(31), CancellationToken.None);

        Assert.False(refused.IsNew);
        Assert.False(refused.Record.IsOpen);
        Assert.True(again.IsNew);
        Assert.Equal((first.Incident.Id, 2), (again.Record.Incident.Id, again.Record.Round));
        Assert.NotEqual(first.ResponseName, again.Record.ResponseName);
        // The first round's late word must not end the second.
        Assert.False(await store.MarkEndedAsync(first, Start.AddMinutes(32), CancellationToken.None));
        Assert.True((await store.LatestOfAsync(Mallory.Key, CancellationToken.None))!.IsOpen);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_arrives_after_the_end_opens_the_incident_again_whatever_its_time_and_what_was_answered_does_not(string kind)
    {
        var store = await StoreAsync(kind);
        var first = (await store.OpenAsync(await IncidentOfAsync(store, Seen("e1", Mallory, at: 5)), Knows(), Start, CancellationToken.None)).Record;
        await store.MarkEndedAsync(first, Start.AddMinutes(10), CancellationToken.None);

        var duplicate = await store.OpenAsync(await IncidentOfAsync(store, Seen("e1", Mallory, at: 5)), Knows("e1"), Start.AddMinutes(11), CancellationToken.None);
        var late = await store.OpenAsync(await IncidentOfAsync(store, Seen("e0", Mallory, at: 1)), Knows("e1"), Start.AddMinutes(12), CancellationToken.None);

        Assert.False(duplicate.IsNew);
        Assert.True(late.IsNew);
        Assert.Equal(2, late.Record.Round);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_round_does_not_end_over_what_came_since_its_last_plan(string kind)
    {
        var store = await StoreAsync(kind);
        var opened = (await store.OpenAsync(await IncidentOfAsync(store, Seen("e1", Mallory, at: 5)), Knows(), Start, CancellationToken.None)).Record;
        await store.AddAsync(Seen("e0", Mallory, at: 1), CancellationToken.None);

        Assert.False(await RoundEnd.TryAsync(store, opened, Answered("e1"), Dismissals.None, Start.AddMinutes(10), CancellationToken.None));
        var goesOn = await store.LatestOfAsync(Mallory.Key, CancellationToken.None);
        Assert.True(goesOn!.IsOpen);
        Assert.True(await RoundEnd.TryAsync(store, goesOn, Answered("e1", "e0"), Dismissals.None, Start.AddMinutes(11), CancellationToken.None));

        var ended = await store.LatestOfAsync(Mallory.Key, CancellationToken.None);
        Assert.Equal(Start.AddMinutes(11), ended!.Ended);
        // Asked again, as a step is that broke off: the end stands, or is taken back for what has come since.
        Assert.True(await RoundEnd.TryAsync(store, ended, Answered("e1", "e0"), Dismissals.None, Start.AddMinutes(12), CancellationToken.None));
        await store.AddAsync(Seen("e2", Mallory, at: 2), CancellationToken.None);
        Assert.False(await RoundEnd.TryAsync(store, ended, Answered("e1", "e0"), Dismissals.None, Start.AddMinutes(13), CancellationToken.None));
        Assert.Null((await store.LatestOfAsync(Mallory.Key, CancellationToken.None))!.Ended);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_comes_while_a_round_ends_is_seen_by_triage_or_by_the_response_whoever_is_first(string kind)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var store = await StoreAsync(kind);
            var opened = (await store.OpenAsync(await IncidentOfAsync(store, Seen("e1", Mallory)), Knows(), Start, CancellationToken.None)).Record;

            var ends = Task.Run(() => RoundEnd.TryAsync(store, opened, Answered("e1"), Dismissals.None, Start.AddMinutes(10), CancellationToken.None));
            var comes = Task.Run(async () =>
            {
                await store.AddAsync(Seen("e2", Mallory, at: 1), CancellationToken.None);
                if (await store.LatestOfAsync(Mallory.Key, CancellationToken.None) is { IsOpen: false })
                    await store.OpenAsync(await IncidentOfAsync(store, Seen("e2", Mallory, at: 1)), Knows("e1"), Start.AddMinutes(11), CancellationToken.None);
            });
            await Task.WhenAll(ends, comes);

            var latest = await store.LatestOfAsync(Mallory.Key, CancellationToken.None);
            Assert.True(latest!.IsOpen, $"attempt {attempt}: round {latest.Round} has ended, and nobody answers e2");
            Assert.True(await ends == latest.Round > 1);
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_kill_switch_is_set_and_taken_away(string kind)
    {
        IControlStore control = kind == "memory" ? new MemoryControlStore() : new DynamoControlStore(await StoreTables.CreateAsync(emulator, emulator.NewAccount()));
        Assert.Null(await control.KillSwitchAsync(CancellationToken.None));

        var killSwitch = new KillSwitch("false alarm", "ana", Start);
        await control.SetKillSwitchAsync(killSwitch, CancellationToken.None);
        Assert.Equal(killSwitch, await control.KillSwitchAsync(CancellationToken.None));

        await control.SetKillSwitchAsync(null, CancellationToken.None);
        Assert.Null(await control.KillSwitchAsync(CancellationToken.None));
    }

    private static AnsweredEvents Answered(params ReadOnlySpan<string> events)
    {
        var answered = new AnsweredEvents([]);
        answered.Add([.. events]);
        return answered;
    }

    private static Func<IncidentRecord, CancellationToken, Task<AnsweredEvents>> Knows(params string[] events) => (_, _) => Task.FromResult(Answered(events));

    private Task<ICaseStore> StoreAsync(string kind) => CreateAsync(kind, emulator, emulator.NewAccount());

    private static async Task<Incident> IncidentOfAsync(ICaseStore store, Observation observation)
    {
        await store.AddAsync(observation, CancellationToken.None);
        var file = await store.FileAsync(observation.Actor.Key);
        var explanation = new Explanation(observation.Actor.Key, [], 0, "Because.", [], [], []);
        var verdict = new Verdict.Contain(100, ImmutableSortedDictionary<SignalCategory, int>.Empty, file.Signals[..1], explanation);
        return Incident.Open(file, verdict);
    }
}
