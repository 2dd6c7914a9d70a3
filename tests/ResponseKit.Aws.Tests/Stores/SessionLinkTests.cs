using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;
using static ResponseKit.Aws.Tests.Stores.CaseStores;

namespace ResponseKit.Aws.Tests.Stores;

/// <summary>What sessions of a role do, and what those do that they make, in each case store.</summary>
public sealed class SessionLinkTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Session = "ASIAMALLORY000000000";
    private const string Unknown = "ASIAUNKNOWN000000000";
    private static readonly Actor Mallory = new Actor.User(Account, "mallory");
    private static readonly Actor Shared = new Actor.Role(Account, "shared");
    private static readonly Actor Helper = new Actor.User(Account, "helper");

    public static TheoryData<string> Stores => Names;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_user_made_by_a_roles_session_belongs_to_whoever_opened_the_session(string kind)
    {
        var store = await CreateAsync(kind, emulator, emulator.NewAccount());
        await store.AddAsync(Opens("opens", Session), CancellationToken.None);
        await store.AddAsync(Makes("makes", Session), CancellationToken.None);
        await store.AddAsync(Seen("acts", Helper, at: 10, key: "AKIAHELPER0000000000"), CancellationToken.None);

        Assert.Equal(Mallory.Key, await store.RootOf(Helper, "AKIAHELPER0000000000"));
        Assert.Equal(["opens", "makes", "acts"], await EventsOf(store, Mallory));
        Assert.Empty(await EventsOf(store, Shared));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_user_made_by_a_session_that_nobody_is_known_to_have_opened_belongs_to_the_role(string kind)
    {
        var store = await CreateAsync(kind, emulator, emulator.NewAccount());
        await store.AddAsync(Opens("opens", Session), CancellationToken.None);
        await store.AddAsync(Makes("makes", Unknown), CancellationToken.None);
        await store.AddAsync(Seen("acts", Helper, at: 10), CancellationToken.None);

        Assert.Equal(Shared.Key, await store.RootOf(Helper, null));
        Assert.Equal(["makes", "acts"], await EventsOf(store, Shared));
        Assert.Equal(["opens"], await EventsOf(store, Mallory));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Who_opened_the_session_may_be_heard_of_last(string kind)
    {
        var store = await CreateAsync(kind, emulator, emulator.NewAccount());
        await store.AddAsync(Seen("acts", Helper, at: 10), CancellationToken.None);
        await store.AddAsync(Makes("makes", Session), CancellationToken.None);
        Assert.Equal(Shared.Key, await store.RootOf(Helper, null));

        await store.AddAsync(Opens("opens", Session), CancellationToken.None);

        Assert.Equal(Mallory.Key, await store.RootOf(Helper, null));
        Assert.Equal(["opens", "makes", "acts"], await EventsOf(store, Mallory));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_session_belongs_to_the_case_as_long_as_a_role_s_session_can_last(string kind)
    {
        var store = await CreateAsync(kind, emulator, emulator.NewAccount());
        await store.AddAsync(Opens("opens", Session, at: -12 * 60), CancellationToken.None);
        await store.AddAsync(Seen("acts", Shared, key: Session), CancellationToken.None);

        Assert.Equal(["acts"], await EventsOf(store, Mallory));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Whoever_was_made_longer_ago_than_evidence_adds_up_acts_for_himself(string kind)
    {
        var store = await CreateAsync(kind, emulator, emulator.NewAccount());
        await store.AddAsync(Seen("makes", Mallory, at: -20 * 24 * 60) with { Links = [new(Helper.Key, Mallory.Key, Start.AddDays(-20))] }, CancellationToken.None);
        await store.AddAsync(Seen("acts", Helper, at: 10), CancellationToken.None);

        Assert.Equal(Helper.Key, await store.RootOf(Helper, null));
        Assert.Equal(["acts"], await EventsOf(store, Helper));
        Assert.Empty(await EventsOf(store, Mallory));
    }

    [Fact]
    public async Task Of_an_opening_and_an_act_at_the_same_time_neither_is_lost()
    {
        var store = await CreateAsync("dynamodb", emulator, emulator.NewAccount());

        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(number => new[]
        {
            store.AddAsync(Opens($"opens-{number}", $"ASIAMALLORY00000000{number}", at: number), CancellationToken.None),
            store.AddAsync(Seen($"acts-{number}", Shared, at: 10, key: $"ASIAMALLORY00000000{number}"), CancellationToken.None),
        }));

        Assert.Equal(20, (await EventsOf(store, Mallory)).Count());
        Assert.Empty(await EventsOf(store, Shared));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task It_is_known_who_has_acted(string kind)
    {
        var store = await CreateAsync(kind, emulator, emulator.NewAccount());
        await store.AddAsync(Opens("opens", Session), CancellationToken.None);
        Assert.True(await store.HasActedAsync(Mallory.Key, CancellationToken.None));
        Assert.False(await store.HasActedAsync(Session, CancellationToken.None));

        await store.AddAsync(Seen("acts", Shared, at: 5, key: Session), CancellationToken.None);

        Assert.True(await store.HasActedAsync(Session, CancellationToken.None));
        Assert.False(await store.HasActedAsync(Helper.Key, CancellationToken.None));
    }

    private static Observation Opens(string id, string key, int at = 0) => Seen(id, Mallory, at) with { Links = [new(key, Mallory.Key, Start.AddMinutes(at))] };

    private static Observation Makes(string id, string session) =>
        Seen(id, Shared, at: 5, key: session) with { Links = [new(Helper.Key, Shared.Key, Start.AddMinutes(5)) { Via = session }] };

    private static async Task<IEnumerable<string>> EventsOf(ICaseStore store, Actor root) =>
        (await store.FileAsync(root.Key)).Observations.Select(observation => observation.EventId);
}
