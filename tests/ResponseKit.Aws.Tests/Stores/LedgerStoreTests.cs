using ResponseKit.Aws.Stores;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Stores;

public sealed class LedgerStoreTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    public static TheoryData<string> Stores => ["memory", "dynamodb"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_kept_is_read_back_in_order_response_by_response(string name)
    {
        var store = await StoreAsync(name);
        for (var look = 11; look >= 0; look--)
            await store.KeepAsync("inc-1", Pass(look, $"cluster-{look}"), CancellationToken.None);
        await store.KeepAsync("inc-1", Look(0, "receipt-1"), CancellationToken.None);
        await store.KeepAsync("inc-1-2", Look(0), CancellationToken.None);

        var entries = await store.OfAsync("inc-1", CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 12), entries.Passes.Select(pass => pass.Look));
        Assert.Equal(Pass(3, "cluster-3").Actions.AsEnumerable(), entries.Passes[3].Actions);
        Assert.Equal(["receipt-1"], Assert.Single(entries.Looks).Broken.AsEnumerable());
        Assert.Empty((await store.OfAsync("inc-2", CancellationToken.None)).Passes);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_kept_first_stands(string name)
    {
        var store = await StoreAsync(name);
        var first = await store.KeepAsync("inc-1", Pass(0, "first"), CancellationToken.None);

        var second = await store.KeepAsync("inc-1", Pass(0, "second"), CancellationToken.None);

        Assert.Equal(first.Actions.AsEnumerable(), second.Actions);
        Assert.Equal("first", Assert.Single((await store.OfAsync("inc-1", CancellationToken.None)).Passes).Actions[0].Request.Targets[0].Name);
    }

    private async Task<ILedgerStore> StoreAsync(string name) => name == "memory"
        ? new MemoryLedgerStore()
        : new DynamoLedgerStore(await StoreTables.CreateAsync(emulator, emulator.NewAccount()));

    private static ResponseLook Look(int look, params string[] broken) => new() { Look = look, Broken = [.. broken], Next = 0, Quiet = 1, Done = false };

    private static ResponsePass Pass(int look, string cluster) => new()
    {
        Look = look,
        Fresh = 1,
        More = true,
        Held = 2,
        Pages = 3,
        Actions =
        [
            new(
                ResponseStage.StopSpend, "ecs.tear-down-cluster",
                new ActionRequest
                {
                    Mode = ActionMode.Apply,
                    Account = "111122223333",
                    Region = "us-east-1",
                    Targets = [ResourceRef.Of(ResourceKind.EcsCluster, "111122223333", "us-east-1", cluster)],
                    Reason = "test",
                    Incident = "inc-1",
                },
                new GuardVerdict.Free()),
        ],
    };
}
