using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;
using ResponseKit.Testing;
using static ResponseKit.Aws.Tests.Stores.CaseStores;

namespace ResponseKit.Aws.Tests.Stores;

/// <summary>A quiet flood must neither blind triage nor make it slow: an event costs the same whatever its actor did before.</summary>
public sealed class FloodTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>, IDisposable
{
    private const string Key = "AKIAMALLORY000000000";
    private static readonly Actors.Actor.User Mallory = new(Account, "mallory");
    private readonly TestAccount account = emulator.NewAccount();

    [Fact]
    public async Task An_event_costs_the_same_calls_after_a_thousand_and_after_twenty_thousand_as_after_one()
    {
        var one = await CostAfterAsync(1);
        var thousand = await CostAfterAsync(1_000);
        var many = await CostAfterAsync(20_000);

        Assert.Equal(one.Calls, thousand.Calls);
        Assert.Equal(one.Calls, many.Calls);
        // A read unit is 4 KB read with strong consistency (DynamoDB Developer Guide, "Read and write operations").
        Assert.InRange(many.ReadUnits, 1, 40);
        Assert.InRange(many.ReadUnits, thousand.ReadUnits * 0.8, thousand.ReadUnits * 1.25);
    }

    [Fact]
    public async Task In_a_flood_of_harmless_refusals_the_attack_is_judged_as_without_it()
    {
        var table = await StoreTables.CreateAsync(emulator, account);
        var store = new DynamoCaseStore(table, TimeProvider.System);
        await FloodAsync(table, 5_000);
        var attack = Enumerable.Range(0, 6).Select(at => Launch(at)).ToList();
        foreach (var launch in attack)
            await store.AddAsync(launch, CancellationToken.None);

        var tree = await store.JudgedAsync(Mallory.Key, attack[^1], Start.AddHours(-12), CancellationToken.None);
        var alone = Correlator.Judge(new CaseFile(Mallory.Key, [.. attack]), new());

        Assert.IsType<Verdict.Contain>(alone);
        Assert.IsType<Verdict.Contain>(Correlator.Judge(tree, new(), Correlation.Novelty.Baseline.Empty));
        Assert.Equal(6, tree.File.Observations.Count(observation => observation.EventId.StartsWith("launch", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task That_something_is_left_out_is_said_once_for_five_minutes()
    {
        var store = new DynamoCaseStore(await StoreTables.CreateAsync(emulator, account), TimeProvider.System);
        var added = new List<AddedObservation>();
        for (var at = 0; at < 20; at++)
            added.Add(await store.AddAsync(Refusal(at, TimeSpan.FromSeconds(at)), CancellationToken.None));

        Assert.Equal(12, added.FindIndex(one => one.BeginsToThin));
        Assert.Single(added, one => one.BeginsToThin);
    }

    [Fact]
    public async Task Triages_at_the_same_time_lose_nothing()
    {
        var store = new DynamoCaseStore(await StoreTables.CreateAsync(emulator, account), TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(at => store.AddAsync(Launch(at), CancellationToken.None)));

        var tree = await store.LoadAsync(Mallory.Key, Start, CancellationToken.None);
        Assert.Equal(12, tree.File.Observations.Length);
    }

    [Fact]
    public async Task However_many_sessions_a_broker_opens_one_of_them_costs_no_more_than_some_hundred_calls()
    {
        Assert.InRange(await CostOfSessionAsync(60), 100, 380);
        Assert.InRange(await CostOfSessionAsync(180), 100, 380);
    }

    [Fact]
    public async Task Evidence_and_links_that_somebody_else_wrote_are_not_believed()
    {
        var table = await StoreTables.CreateAsync(emulator, account);
        var forger = new DynamoCaseStore(new StoreTable(table.Dynamo, table.Name), TimeProvider.System);
        var victim = new Actors.Actor.User(Account, "victim");
        await forger.AddAsync(Launch(0) with { Actor = victim }, CancellationToken.None);
        await forger.AddAsync(Refusal(1, TimeSpan.Zero) with { Links = [new(Mallory.Key, victim.Key, Start)] }, CancellationToken.None);

        var store = new DynamoCaseStore(table, TimeProvider.System);
        await store.AddAsync(Launch(2), CancellationToken.None);

        Assert.Empty((await store.LoadAsync(victim.Key, Start, CancellationToken.None)).File.Observations);
        Assert.Equal(Mallory.Key, await store.KeyOfAsync(Launch(3), CancellationToken.None));
    }

    public void Dispose() => account.Dispose();

    private static Observation Refusal(int number, TimeSpan after) => Seen($"refused-{number:00000}", Mallory, key: Key) with
    {
        Time = Start + after,
        Signals =
        [
            new Signal(
                "iam.refused", SignalCategory.PermissionProbing, $"refused-{number:00000}", Start + after, Mallory, "us-east-1", new CallOutcome.Denied("AccessDenied"),
                new Finding(3, $"tried to read the bucket number {number} and was refused")),
        ],
    };

    private static Observation Launch(int at)
    {
        var time = Start.AddMinutes(40).AddSeconds(at);
        CallOutcome ended = at < 3 ? new CallOutcome.Denied("AccessDenied") : new CallOutcome.Succeeded();
        return Seen($"launch-{at}", Mallory, key: Key) with
        {
            Time = time,
            Signals =
            [
                new Signal(
                    at < 3 ? "ec2.probed" : $"ec2.launch-{at}", at < 3 ? SignalCategory.PermissionProbing : at == 3 ? SignalCategory.Persistence : SignalCategory.Provisioning,
                    $"launch-{at}", time, Mallory, "us-east-1", ended, new Finding(40, $"launched {at}")),
            ],
        };
    }

    // As they would have been kept one by one, which would take minutes.
    private static async Task FloodAsync(StoreTable table, int many)
    {
        var slots = new Dictionary<DateTimeOffset, Slot>();
        for (var number = 0; number < many; number++)
        {
            var one = Refusal(number, TimeSpan.FromHours(1) * number / many);
            (slots.TryGetValue(Slot.StartOf(one.Time), out var slot) ? slot : slots[Slot.StartOf(one.Time)] = new()).Add(one);
        }

        foreach (var node in new[] { Mallory.Key, Key })
        {
            foreach (var (start, slot) in slots)
            {
                var item = StoreTable.Key("case#" + node, $"slot#{start.UtcDateTime:O}");
                item["body"] = new() { B = new MemoryStream(Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(slot.ToContent(), CaseJson.Default.SlotContent))) };
                await table.PutSealedAsync(item, SealKind.Observation, instead: null, CancellationToken.None);
            }
        }
    }

    private async Task<(int Calls, double ReadUnits)> CostAfterAsync(int many)
    {
        using var account = emulator.NewAccount();
        var table = await StoreTables.CreateAsync(emulator, account);
        await FloodAsync(table, many);
        var next = Refusal(many, TimeSpan.FromMinutes(61));
        var (store, since) = (new DynamoCaseStore(table, TimeProvider.System), await account.JournalEndAsync());

        await store.AddAsync(next, CancellationToken.None);
        var root = await store.KeyOfAsync(next, CancellationToken.None);
        var tree = await store.JudgedAsync(root, next, Start.AddHours(-12), CancellationToken.None);

        var calls = (await account.JournalAsync(since)).Count(call => call.Service == "dynamodb");
        Assert.Contains(tree.File.Observations, observation => observation.EventId == "refused-00000");
        var read = await table.Dynamo.QueryAsync(new QueryRequest
        {
            TableName = table.Name,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new("case#" + Mallory.Key) },
        });
        return (calls, read.Items.Sum(item => item["body"].B.Length + 200) / 4096.0);
    }

    private async Task<int> CostOfSessionAsync(int many)
    {
        using var account = emulator.NewAccount();
        var table = await StoreTables.CreateAsync(emulator, account);
        var store = new DynamoCaseStore(table, TimeProvider.System);
        for (var at = 0; at < many; at++)
            await store.AddAsync(Opened(at), CancellationToken.None);
        await Parallel.ForEachAsync(Enumerable.Range(0, many), CancellationToken.None, async (at, token) => await store.AddAsync(Acted(at), token));
        var next = Acted(many / 2) with { EventId = "next", Time = Start.AddMinutes(20) };
        await store.AddAsync(next, CancellationToken.None);
        var since = await account.JournalEndAsync();

        var tree = await store.JudgedAsync(await store.KeyOfAsync(next, CancellationToken.None), next, Start.AddHours(-1), CancellationToken.None);

        Assert.True(tree.IsCut);
        Assert.Contains(tree.File.Observations, observation => observation.EventId == "next");
        return (await account.JournalAsync(since)).Count(call => call.Service == "dynamodb");
    }

    private static Observation Opened(int at) => Refusal(at, TimeSpan.FromSeconds(at)) with
    {
        EventId = $"opened-{at}",
        Signals = [],
        Links = [new($"ASIASESSION{at:000000000}", Mallory.Key, Start.AddSeconds(at)) { Kind = LinkKind.Opened, Subject = $"role/person-{at % 50}" }],
    };

    private static Observation Acted(int at) => Seen($"acted-{at}", new Actors.Actor.Role(Account, "work", "/"), at: 10, key: $"ASIASESSION{at:000000000}");
}
