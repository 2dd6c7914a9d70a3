using ResponseKit.Aws.Stores;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Stores;

public sealed class ReceiptStoreTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task What_was_saved_is_found_again_however_large(int steps)
    {
        var store = await StoreAsync(partBytes: 500);
        var receipt = Receipt("receipt-1", steps);

        await store.SaveAsync(receipt, CancellationToken.None);

        Assert.Equal(Json(receipt), Json((await store.FindAsync("receipt-1", CancellationToken.None))!));
    }

    [Fact]
    public async Task A_later_version_takes_the_place_of_the_earlier_and_leaves_no_parts_of_it()
    {
        var table = await TableAsync();
        var store = new DynamoReceiptStore(table, partBytes: 500);
        await store.SaveAsync(Receipt("receipt-1", 40), CancellationToken.None);
        await store.SaveAsync(Receipt("receipt-1", 60), CancellationToken.None);
        var last = Receipt("receipt-1", 1);

        await store.SaveAsync(last, CancellationToken.None);

        Assert.Equal(Json(last), Json((await store.FindAsync("receipt-1", CancellationToken.None))!));
        var items = await table.Dynamo.ScanAsync(new() { TableName = table.Name }, CancellationToken.None);
        Assert.Equal(2, items.Items.Count);
    }

    [Fact]
    public async Task A_receipt_that_was_never_saved_is_not_there() =>
        Assert.Null(await (await StoreAsync(500)).FindAsync("receipt-1", CancellationToken.None));

    [Fact]
    public async Task An_incident_lists_its_own_receipts_oldest_first()
    {
        var store = await StoreAsync(500);
        foreach (var (number, incident) in new[] { (2, "INC-1"), (1, "INC-1"), (3, "INC-2") })
        {
            var receipt = Receipt($"receipt-{number}", number) with { Incident = incident, Started = DateTimeOffset.UnixEpoch.AddHours(number) };
            await store.SaveAsync(receipt, CancellationToken.None);
        }

        var found = await store.OfIncidentAsync("INC-1", CancellationToken.None);

        Assert.Equal(["receipt-1", "receipt-2"], found.Select(receipt => receipt.Id));
    }

    [Fact]
    public async Task Of_two_writers_at_the_same_time_the_first_ones_before_state_stands_and_neither_ones_steps_are_lost()
    {
        var table = await TableAsync();
        var (first, second) = (new DynamoReceiptStore(table), new DynamoReceiptStore(table));
        await first.FindAsync("receipt-1", CancellationToken.None);
        await second.FindAsync("receipt-1", CancellationToken.None);
        var (mine, key) = (Step("deny/managed", "off"), Step("access-key/AKIA", "Active"));
        // What the second one finds there is what the first one made.
        var (theirs, password) = (Step("deny/managed", "on"), Step("login-profile", "there"));

        await first.SaveAsync(With(mine), CancellationToken.None);
        await second.SaveAsync(With(theirs), CancellationToken.None);
        await second.SaveAsync(With(theirs, password), CancellationToken.None);
        await first.SaveAsync(With(mine, key), CancellationToken.None);

        var kept = (await first.FindAsync("receipt-1", CancellationToken.None))!;
        Assert.Equal(["access-key/AKIA", "deny/managed", "login-profile"], kept.Steps.Select(step => step.Key).Order(StringComparer.Ordinal));
        Assert.Equal("off", (string?)kept.Steps.Single(step => step.Key == "deny/managed").Before);
    }

    [Fact]
    public async Task What_comes_after_a_receipt_was_undone_begins_anew()
    {
        var table = await TableAsync();
        var (first, second) = (new DynamoReceiptStore(table), new DynamoReceiptStore(table));
        await second.FindAsync("receipt-1", CancellationToken.None);
        await first.SaveAsync(With(Step("deny/managed", "off")) with { Reverted = DateTimeOffset.UnixEpoch }, CancellationToken.None);

        await second.SaveAsync(With(Step("login-profile", "there")), CancellationToken.None);

        Assert.Equal("login-profile", Assert.Single((await first.FindAsync("receipt-1", CancellationToken.None))!.Steps).Key);
    }

    private static ActionReceipt With(params StepReceipt[] steps) => Receipt("receipt-1", 0) with { Steps = [.. steps] };

    private static StepReceipt Step(string key, string before) => new(key, "iam:AttachUserPolicy", "user mallory", "Do it", before, new StepOutcome.Applied("1"));

    private async Task<DynamoReceiptStore> StoreAsync(int partBytes) => new(await TableAsync(), partBytes);

    private async Task<StoreTable> TableAsync() => await StoreTables.CreateAsync(emulator, emulator.NewAccount());

    private static string Json(ActionReceipt receipt) => System.Text.Encoding.UTF8.GetString(ReceiptJson.Write(receipt));

    private static ActionReceipt Receipt(string id, int steps) => new()
    {
        Id = id,
        Action = "iam.contain-user",
        Mode = ActionMode.Apply,
        Status = ReceiptStatus.Applied,
        Account = "111122223333",
        Region = "us-east-1",
        Targets = ["arn:aws:iam::111122223333:user/mallory"],
        Reason = "test",
        Incident = "INC-42",
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch,
        // What does not repeat itself does not shrink.
        Steps = [.. Enumerable.Range(0, steps).Select(i => new StepReceipt($"key/{i}", "iam:UpdateAccessKey", Guid.NewGuid().ToString(), "Deactivate", null, new StepOutcome.Applied(Guid.NewGuid().ToString())))],
        Message = "Done.",
    };
}
