using Amazon.DynamoDBv2.Model;
using ResponseKit.Actors;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Stores.Sealing;

/// <summary>Whoever may write to the table, against what is kept in it.</summary>
public sealed class ForgedStateTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor.User Mallory = new("111122223333", "mallory");

    [Fact]
    public async Task A_receipt_that_somebody_else_wrote_is_shown_and_not_verified()
    {
        var table = await TableAsync();
        await new DynamoReceiptStore(Unsealed(table)).SaveAsync(Receipt("receipt-1"), default);

        var found = (await new DynamoReceiptStore(table).FindAsync("receipt-1", default))!;

        Assert.False(found.IsVerified);
        Assert.Equal("Done.", found.Message);
        Assert.False(Assert.Single(await new DynamoReceiptStore(table).OfIncidentAsync("INC-42", default)).IsVerified);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(300)]
    public async Task A_receipt_that_was_changed_moved_or_mixed_with_another_is_not_verified(int partBytes)
    {
        var table = await TableAsync();
        var store = new DynamoReceiptStore(table, partBytes);
        await store.SaveAsync(Receipt("receipt-1"), default);
        await store.SaveAsync(Receipt("receipt-2") with { Message = "Something else." }, default);
        Assert.True((await store.FindAsync("receipt-1", default))!.IsVerified);

        var items = await ItemsAsync(table, "receipt#receipt-2");
        foreach (var item in items)
        {
            item["pk"] = new("receipt#receipt-1");
            await PutAsync(table, item);
        }

        Assert.True(await new DynamoReceiptStore(table).FindAsync("receipt-1", default) is null or { IsVerified: false });
    }

    [Fact]
    public async Task A_sealed_part_of_one_receipt_never_passes_in_another_version_of_it()
    {
        var table = await TableAsync();
        var store = new DynamoReceiptStore(table, partBytes: 300);
        await store.SaveAsync(Receipt("receipt-1"), default);
        var part = (await ItemsAsync(table, "receipt#receipt-1")).First(item => item["sk"].S.StartsWith("part#", StringComparison.Ordinal));
        part["body"] = new() { B = new MemoryStream(new byte[300]) };
        await PutAsync(table, part);

        await Assert.ThrowsAsync<InvalidDataException>(() => new DynamoReceiptStore(table).FindAsync("receipt-1", default));
    }

    [Fact]
    public async Task A_receipt_that_is_written_over_a_forged_one_keeps_the_forged_one_for_a_person()
    {
        var table = await TableAsync();
        await new DynamoReceiptStore(Unsealed(table)).SaveAsync(Receipt("receipt-1") with { Message = "Forged." }, default);

        await new DynamoReceiptStore(table).SaveAsync(Receipt("receipt-1"), default);

        Assert.True((await new DynamoReceiptStore(table).FindAsync("receipt-1", default))!.IsVerified);
        Assert.Contains(await ItemsAsync(table, "receipt#receipt-1"), item => item["sk"].S.StartsWith("aside#head#", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_incident_that_ends_in_2100_silences_nothing_and_is_kept_for_a_person()
    {
        var table = await TableAsync();
        var forger = new DynamoCaseStore(Unsealed(table), TimeProvider.System);
        var forged = await forger.OpenAsync(Opened("inc-forged", Now), Nothing, Now, default);
        await PutAttributeAsync(table, "case#" + Mallory.Key, "incident", "ended", new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.True(forged.IsNew);

        var store = new DynamoCaseStore(table, TimeProvider.System);
        Assert.Null(await store.LatestOfAsync(Mallory.Key, default));
        var opening = await store.OpenAsync(Opened("inc-20261102-100000-abc", Now), Nothing, Now, default);

        Assert.True(opening.IsNew);
        Assert.True(opening.Record.IsOpen);
        Assert.StartsWith("inc-20261102-100000-abc-", opening.Record.Incident.Id, StringComparison.Ordinal);
        Assert.True((await store.LatestOfAsync(Mallory.Key, default))!.IsVerified);
        Assert.Contains(await ItemsAsync(table, "case#" + Mallory.Key), item => item["sk"].S.StartsWith("aside#incident#", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("started")]
    [InlineData("round")]
    public async Task An_incident_of_which_one_attribute_was_changed_counts_as_none(string attribute)
    {
        var table = await TableAsync();
        var store = new DynamoCaseStore(table, TimeProvider.System);
        await store.OpenAsync(Opened("inc-1", Now), Nothing, Now, default);
        await PutAttributeAsync(table, "case#" + Mallory.Key, "incident", attribute, Now);

        Assert.Null(await store.LatestOfAsync(Mallory.Key, default));
        Assert.True(await store.FindAsync("inc-1", default) is null or { IsVerified: false });
    }

    [Fact]
    public async Task An_old_state_of_an_incident_that_is_put_back_is_noticed_by_whoever_has_seen_a_later_one()
    {
        var table = await TableAsync();
        var store = new DynamoCaseStore(table, TimeProvider.System);
        var opening = await store.OpenAsync(Opened("inc-1", Now), Nothing, Now, default);
        var old = Assert.Single(await ItemsAsync(table, "case#" + Mallory.Key));
        await store.MarkEndedAsync(opening.Record, Now, default);
        Assert.False((await store.LatestOfAsync(Mallory.Key, default))!.IsOpen);

        await PutAsync(table, old);

        Assert.Null(await store.LatestOfAsync(Mallory.Key, default));
    }

    [Fact]
    public async Task Marks_at_the_same_time_all_stand_and_the_seal_with_them()
    {
        var table = await TableAsync();
        var store = new DynamoCaseStore(table, TimeProvider.System);
        var opening = await store.OpenAsync(Opened("inc-1", Now), Nothing, Now, default);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => number % 2 == 0
            ? store.MarkStartedAsync(opening.Record, Now, default)
            : store.MarkEndedAsync(opening.Record, Now.AddMinutes(1), default)));

        var record = (await store.LatestOfAsync(Mallory.Key, default))!;
        Assert.Equal((true, (DateTimeOffset?)Now, (DateTimeOffset?)Now.AddMinutes(1)), (record.IsVerified, record.Started, record.Ended));
    }

    [Fact]
    public async Task An_approval_that_was_written_by_hand_allows_nothing_and_a_rejection_stops()
    {
        var table = await TableAsync();
        var store = new DynamoApprovalStore(table);
        await store.AskAsync(Question(1), default);
        await UpdateAsync(table, "approval#inc-1", "ask#000001", "set answer = :a, answeredBy = :b, answeredFor = :b, answeredAt = :t", "approve");

        var approval = Assert.Single(await store.OfAsync("inc-1", default));
        Assert.False(approval.IsGranted);
        Assert.False(ApprovedScope.Of([approval]).LiftsMode);

        await UpdateAsync(table, "approval#inc-1", "ask#000001", "set answer = :a, answeredBy = :b, answeredFor = :b, answeredAt = :t", "reject");
        Assert.True(Assert.Single(await store.OfAsync("inc-1", default)).IsRefused(Now));
    }

    [Fact]
    public async Task A_question_that_somebody_else_put_there_is_asked_all_the_same()
    {
        var table = await TableAsync();
        await new DynamoApprovalStore(Unsealed(table)).AskAsync(Question(1) with { Until = Now.AddYears(-1) }, default);
        var store = new DynamoApprovalStore(table);
        Assert.False(Assert.Single(await store.OfAsync("inc-1", default)).IsRefused(Now));

        await store.AskAsync(Question(1), default);

        Assert.True(Assert.Single(await store.OfAsync("inc-1", default)).IsPending(Now));
    }

    [Fact]
    public async Task A_ledger_that_says_that_all_is_done_is_not_believed()
    {
        var table = await TableAsync();
        var forged = new ResponseLook { Look = 0, Broken = [], Next = 0, Quiet = 9, Done = true };
        await new DynamoLedgerStore(Unsealed(table)).KeepAsync("inc-1", forged, default);
        var store = new DynamoLedgerStore(table);
        Assert.Empty((await store.OfAsync("inc-1", default)).Looks);

        var ours = forged with { Quiet = 1, Done = false };
        Assert.Equal(ours.Quiet, (await store.KeepAsync("inc-1", ours, default)).Quiet);
        Assert.Equal(1, Assert.Single((await store.OfAsync("inc-1", default)).Looks).Quiet);
    }

    [Fact]
    public async Task A_kill_switch_counts_whoever_has_set_it()
    {
        var table = await TableAsync();
        var store = new DynamoControlStore(table);
        await PutAsync(table, StoreTable.Key("control", "kill-switch"));
        Assert.False((await store.KillSwitchAsync(default))!.IsVerified);

        await store.SetKillSwitchAsync(new KillSwitch("drill", "ana", Now), default);
        Assert.True((await store.KillSwitchAsync(default))!.IsVerified);
    }

    [Fact]
    public async Task Whatever_stands_in_an_item_reading_it_does_not_throw()
    {
        var table = await TableAsync();
        var junk = new MemoryStream([0x1f, 0x8b, 8, 0, 1, 2, 3]);
        foreach (var (partition, sort) in new[] { ("receipt#r", "head"), ("case#" + Mallory.Key, "incident"), ("approval#inc-1", "ask#000001"), ("response#inc-1", "pass#000000") })
        {
            var item = StoreTable.Key(partition, sort);
            item["body"] = new() { B = junk };
            item[StateSeal.SealAttribute] = new("no bytes");
            item[StateSeal.EpochAttribute] = new() { N = "7" };
            await PutAsync(table, item);
        }

        Assert.Null(await new DynamoReceiptStore(table).FindAsync("r", default));
        Assert.Null(await new DynamoCaseStore(table, TimeProvider.System).LatestOfAsync(Mallory.Key, default));
        Assert.Empty(await new DynamoApprovalStore(table).OfAsync("inc-1", default));
        Assert.Empty((await new DynamoLedgerStore(table).OfAsync("inc-1", default)).Passes);
    }

    private async Task<StoreTable> TableAsync() => await StoreTables.CreateAsync(emulator, emulator.NewAccount());

    // What an intruder can write, who knows the code and has not the key.
    private static StoreTable Unsealed(StoreTable table) => table with { Seal = StateSeal.Without("no key") };

    private static Incident Opened(string id, DateTimeOffset at)
    {
        var file = new CaseFile(Mallory.Key, [CaseStores.Seen("e1", Mallory)]);
        return new Incident(id, Mallory, "111122223333", at, Correlator.Judge(file, new ResponsePolicy()), file);
    }

    private static Approval Question(int number) => new()
    {
        Incident = "inc-1",
        Round = 1,
        Number = number,
        Asked = Now,
        Until = Now.AddDays(1),
        Items = [new("ecs.tear-down-cluster", [ResourceRef.Of(ResourceKind.EcsCluster, "111122223333", "us-east-1", "production")], "test")],
    };

    private static ActionReceipt Receipt(string id) => new()
    {
        Id = id,
        Action = "iam.contain-role",
        Mode = ActionMode.Apply,
        Status = ReceiptStatus.Applied,
        Account = "111122223333",
        Region = "us-east-1",
        Targets = ["arn:aws:iam::111122223333:role/app"],
        Reason = "test",
        Incident = "INC-42",
        Started = Now,
        Finished = Now,
        Steps = [.. Enumerable.Range(0, 20).Select(at => new StepReceipt($"key/{at}", "iam:PutRolePolicy", Guid.NewGuid().ToString(), "Put", null, new StepOutcome.Applied(null)))],
        Message = "Done.",
    };

    private static async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync(StoreTable table, string partition)
    {
        var answer = await table.Dynamo.QueryAsync(new QueryRequest
        {
            TableName = table.Name,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new(partition) },
            ConsistentRead = true,
        });
        return answer.Items ?? [];
    }

    private static Task PutAsync(StoreTable table, Dictionary<string, AttributeValue> item) =>
        table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item });

    private static Task PutAttributeAsync(StoreTable table, string partition, string sort, string name, DateTimeOffset time) =>
        table.Dynamo.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table.Name,
            Key = StoreTable.Key(partition, sort),
            UpdateExpression = "set #name = :value",
            ExpressionAttributeNames = new() { ["#name"] = name },
            ExpressionAttributeValues = new() { [":value"] = new() { N = $"{(name == "round" ? 7 : time.UtcTicks)}" } },
        });

    private static Task UpdateAsync(StoreTable table, string partition, string sort, string expression, string answer) =>
        table.Dynamo.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table.Name,
            Key = StoreTable.Key(partition, sort),
            UpdateExpression = expression,
            ExpressionAttributeValues = new() { [":a"] = new(answer), [":b"] = new("ana"), [":t"] = new() { N = $"{Now.UtcTicks}" } },
        });

    private static Task<AnsweredEvents> Nothing(IncidentRecord record, CancellationToken cancellationToken) => Task.FromResult(new AnsweredEvents([]));
}
