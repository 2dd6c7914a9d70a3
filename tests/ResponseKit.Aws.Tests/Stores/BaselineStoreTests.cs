using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Stores;

public sealed class BaselineStoreTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Ana = "arn:aws:iam::111122223333:user/ana";
    private static readonly DateTimeOffset Start = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly Trait Home = new(TraitKind.Network, "203.0.0.0/16");
    private static readonly Trait Hotel = new(TraitKind.Network, "198.51.0.0/16");

    [Fact]
    public async Task What_was_learned_is_read_back_actor_by_actor()
    {
        var store = new DynamoBaselineStore(await TableAsync(emulator.NewAccount()), Baseline.Empty);

        await LearnAsync(store, Start, Home);
        await LearnAsync(store, Start.AddDays(2), Home, Hotel);

        var history = await store.OfAsync(Ana, CancellationToken.None);
        Assert.Equal(2, history.Days.Count);
        Assert.Equal(new Span(Start, Start.AddDays(2)), history.Seen[Home]);
        Assert.Equal(new Span(Start.AddDays(2), Start.AddDays(2)), history.Seen[Hotel]);
        Assert.Same(ActorHistory.Empty.Seen, (await store.OfAsync(Ana + "other", CancellationToken.None)).Seen);
    }

    [Fact]
    public async Task What_old_logs_say_and_what_was_learned_count_together()
    {
        var table = await TableAsync(emulator.NewAccount());
        var old = new Baseline(Baseline.Empty.Actors.Add(Ana, ActorHistory.Empty.Add(Start.AddDays(-30), [Home])));
        var store = new DynamoBaselineStore(table, old);

        await LearnAsync(store, Start, Home, Hotel);

        var history = await store.OfAsync(Ana, CancellationToken.None);
        Assert.Equal(2, history.Days.Count);
        Assert.Equal(new Span(Start.AddDays(-30), Start), history.Seen[Home]);
        Assert.Equal(new Span(Start, Start), history.Seen[Hotel]);
        // The file is the deployment's: another one in its place must not find what stood in it.
        Assert.Equal(new Span(Start, Start), (await new DynamoBaselineStore(table, Baseline.Empty).OfAsync(Ana, CancellationToken.None)).Seen[Home]);
    }

    [Fact]
    public async Task Only_news_is_written()
    {
        var account = emulator.NewAccount();
        var store = new DynamoBaselineStore(await TableAsync(account), Baseline.Empty);

        Assert.Equal(1, await WritesAsync(account, () => LearnAsync(store, Start, Home)));
        Assert.Equal(0, await WritesAsync(account, () => LearnAsync(store, Start, Home)));
        Assert.Equal(0, await WritesAsync(account, () => LearnAsync(store, Start.AddHours(11), Home)));
        Assert.Equal(1, await WritesAsync(account, () => LearnAsync(store, Start.AddHours(11), Hotel)));
        Assert.Equal(1, await WritesAsync(account, () => LearnAsync(store, Start.AddHours(13), Home)));
        Assert.Equal(1, await WritesAsync(account, () => LearnAsync(store, Start.AddHours(15), Hotel, Home)));
        Assert.Equal(0, await WritesAsync(account, () => LearnAsync(store, Start.AddHours(16), Hotel, Home)));
    }

    [Fact]
    public async Task Many_writers_at_the_same_time_lose_nothing()
    {
        var table = await TableAsync(emulator.NewAccount());
        Trait[] traits = [.. Enumerable.Range(0, 12).Select(number => new Trait(TraitKind.Service, string.Create(CultureInfo.InvariantCulture, $"service-{number}")))];

        await Task.WhenAll(traits.Select((trait, number) => LearnAsync(new DynamoBaselineStore(table, Baseline.Empty), Start.AddDays(number), trait)));

        var history = await new DynamoBaselineStore(table, Baseline.Empty).OfAsync(Ana, CancellationToken.None);
        Assert.Equal(traits.ToHashSet(), history.Seen.Keys.ToHashSet());
        Assert.Equal(traits.Length, history.Days.Count);
    }

    [Fact]
    public async Task It_is_forgotten_ninety_days_after_the_actor_was_last_seen_even_when_an_older_event_comes_late()
    {
        var table = await TableAsync(emulator.NewAccount());
        var store = new DynamoBaselineStore(table, Baseline.Empty);
        var expected = Start.AddDays(90).ToUnixTimeSeconds();

        await LearnAsync(store, Start, Home);
        Assert.Equal(expected, await ExpiresAsync(table));
        await LearnAsync(store, Start.AddDays(-3), Hotel);

        Assert.Equal(expected, await ExpiresAsync(table));
        Assert.Equal(2, (await store.OfAsync(Ana, CancellationToken.None)).Days.Count);
    }

    private static Task LearnAsync(DynamoBaselineStore store, DateTimeOffset time, params ImmutableArray<Trait> traits) =>
        store.LearnAsync(Ana, time, traits, CancellationToken.None);

    private static async Task<int> WritesAsync(TestAccount account, Func<Task> work)
    {
        var since = await account.JournalEndAsync();
        await work();
        return (await account.JournalAsync(since)).Count(call => call.Call == "dynamodb:PutItem");
    }

    private static async Task<long> ExpiresAsync(StoreTable table)
    {
        var key = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [StoreTable.Partition] = new("baseline#" + Ana), [StoreTable.Sort] = new("history") };
        var item = (await table.Dynamo.GetItemAsync(new GetItemRequest { TableName = table.Name, Key = key })).Item;
        return long.Parse(item[StoreTable.Expires].N, CultureInfo.InvariantCulture);
    }

    private Task<StoreTable> TableAsync(TestAccount account) => StoreTables.CreateAsync(emulator, account);
}
