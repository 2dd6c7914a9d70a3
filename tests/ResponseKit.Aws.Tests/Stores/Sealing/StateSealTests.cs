using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Tests.Stores.Sealing;

public sealed class StateSealTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_was_sealed_is_verified()
    {
        using var seal = Seal("table-a");
        var item = Item("receipt#1", "head", ("body", Bytes(1, 2)));
        await seal.SealAsync(item, SealKind.Receipt, 3, default);
        Assert.Equal(Authenticity.Verified, await seal.CheckAsync(item, SealKind.Receipt, default));
        Assert.Equal(3, StateSeal.VersionOf(item));
    }

    [Fact]
    public async Task Another_process_with_the_same_key_verifies_it_and_one_of_another_table_does_not()
    {
        using var seal = Seal("table-a");
        using var same = Seal("table-a");
        using var other = Seal("table-b");
        var item = Item("control", "kill-switch", ("by", new("alice")));
        await seal.SealAsync(item, SealKind.Control, 1, default);
        Assert.Equal(Authenticity.Verified, await same.CheckAsync(item, SealKind.Control, default));
        Assert.Equal(Authenticity.Forged, await other.CheckAsync(item, SealKind.Control, default));
    }

    [Fact]
    public async Task One_kind_never_passes_for_another()
    {
        using var seal = Seal("table-a");
        var item = Item("receipt#1", "head", ("body", Bytes(1)));
        await seal.SealAsync(item, SealKind.Ledger, 1, default);
        Assert.Equal(Authenticity.Forged, await seal.CheckAsync(item, SealKind.Receipt, default));
    }

    [Fact]
    public async Task Without_a_seal_it_is_not_verified_whatever_else_it_has()
    {
        using var seal = Seal("table-a");
        var item = Item("receipt#1", "head", ("body", Bytes(1)));
        await seal.SealAsync(item, SealKind.Receipt, 1, default);
        item.Remove(StateSeal.SealAttribute);
        Assert.Equal(Authenticity.Unsealed, await seal.CheckAsync(item, SealKind.Receipt, default));
    }

    [Fact]
    public async Task Any_single_change_of_any_attribute_is_detected()
    {
        using var seal = Seal("table-a");
        await CheckAsync(Items, async (item, change) =>
        {
            await seal.SealAsync(item, SealKind.Incident, 1, default);
            var changed = Change(item, change);
            return changed is null || await seal.CheckAsync(changed, SealKind.Incident, default) != Authenticity.Verified;
        });
    }

    [Fact]
    public void Different_items_have_different_bytes()
    {
        var pairs = from one in Items from other in Items select (one, other);
        Prop.ForAll(pairs.ToArbitrary(), pair => Same(pair.one, pair.other) == Written(pair.one).SequenceEqual(Written(pair.other))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Attributes_cannot_lend_each_other_their_characters()
    {
        Assert.NotEqual(Written(Item("a", "b", ("x", new("yz")))), Written(Item("a", "b", ("xy", new("z")))));
        Assert.NotEqual(Written(Item("ab", "c")), Written(Item("a", "bc")));
        Assert.NotEqual(Written(Item("a", "b", ("x", new("1")))), Written(Item("a", "b", ("x", new() { N = "1" }))));
        Assert.NotEqual(
            Written(Item("a", "b", ("x", new() { L = [new("1"), new("2")] }))), Written(Item("a", "b", ("x", new() { L = [new() { L = [new("1"), new("2")] }] }))));
    }

    [Fact]
    public async Task Hints_are_left_out_and_nothing_else()
    {
        using var seal = Seal("table-a");
        var kind = new SealKind("bucket") { Hints = ["count"] };
        var item = Item("case#x", "bucket#1", ("count", new() { N = "1" }), ("first", new("e1")));
        await seal.SealAsync(item, kind, 1, default);
        item["count"] = new() { N = "20000" };
        Assert.Equal(Authenticity.Verified, await seal.CheckAsync(item, kind, default));
        item["first"] = new("e2");
        Assert.Equal(Authenticity.Forged, await seal.CheckAsync(item, kind, default));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_sealed_and_nothing_is_judged_and_it_is_asked_for_again_after_a_minute()
    {
        var root = new Root("table-a") { IsUsable = false };
        var time = new Clock(Now);
        using var seal = new StateSeal(root, time);
        var item = Item("receipt#1", "head", ("body", Bytes(1)));
        await seal.SealAsync(item, SealKind.Receipt, 1, default);
        Assert.DoesNotContain(StateSeal.SealAttribute, item.Keys);
        Assert.Equal(Authenticity.Unchecked, await seal.CheckAsync(item, SealKind.Receipt, default));
        Assert.Equal("disabled", await seal.ProblemAsync(default));
        Assert.Equal(1, root.Asked);

        root.IsUsable = true;
        time.Now += TimeSpan.FromSeconds(61);
        Assert.Null(await seal.ProblemAsync(default));
        Assert.Equal(Authenticity.Unsealed, await seal.CheckAsync(item, SealKind.Receipt, default));
    }

    [Fact]
    public async Task The_key_is_asked_for_once_a_process()
    {
        var root = new Root("table-a");
        using var seal = new StateSeal(root, new Clock(Now));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            var item = Item($"receipt#{number}", "head");
            await seal.SealAsync(item, SealKind.Receipt, 1, default);
            Assert.Equal(Authenticity.Verified, await seal.CheckAsync(item, SealKind.Receipt, default));
        }));
        Assert.Equal(1, root.Asked);
    }

    private static Gen<string> Text => Gen.Elements("a", "b", "", "ab", "1", "é", "S\0\0\0\u0001a");

    private static Gen<AttributeValue> Value => Gen.OneOf(
        from text in Text select new AttributeValue(text),
        from number in Gen.Choose(0, 12) select new AttributeValue { N = $"{number}" },
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf() select new AttributeValue { B = new MemoryStream(bytes) },
        from truth in Gen.Elements(true, false) select new AttributeValue { BOOL = truth },
        from texts in Text.NonEmptyListOf() select new AttributeValue { SS = [.. texts.Distinct()] },
        from texts in Text.ListOf() select new AttributeValue { L = [.. texts.Select(text => new AttributeValue(text))], IsLSet = true },
        from texts in Text.ListOf() select new AttributeValue { M = texts.Distinct().ToDictionary(text => text, text => new AttributeValue(text)), IsMSet = true });

    private static Gen<Dictionary<string, AttributeValue>> Items =>
        from partition in Text
        from sort in Text
        from names in Gen.Elements("x", "xy", "y", "body", "round").ListOf()
        from values in Value.ArrayOf(5)
        select Item(partition, sort, [.. names.Distinct().Zip(values)]);

    private static async Task CheckAsync(Gen<Dictionary<string, AttributeValue>> items, Func<Dictionary<string, AttributeValue>, int, Task<bool>> holds)
    {
        foreach (var (item, change) in (from item in items from change in Gen.Choose(0, 1_000_000) select (item, change)).Sample(500))
            Assert.True(await holds(item, change), string.Join(' ', item.Keys));
    }

    /// <summary>The item with one thing otherwise; null when the change is none.</summary>
    private static Dictionary<string, AttributeValue>? Change(Dictionary<string, AttributeValue> item, int change)
    {
        var changed = new Dictionary<string, AttributeValue>(item, StringComparer.Ordinal);
        var names = item.Keys.Order(StringComparer.Ordinal).ToList();
        var name = names[change % names.Count];
        switch (change / 7 % 4)
        {
            case 0:
                changed.Remove(name);
                break;
            case 1:
                changed["new" + name] = item[name];
                break;
            case 2:
                changed[name] = new("otherwise");
                break;
            default:
                changed.Remove(name);
                changed[name + "2"] = item[name];
                break;
        }

        return Same(item, changed) ? null : changed;
    }

    private static bool Same(Dictionary<string, AttributeValue> one, Dictionary<string, AttributeValue> other) => Plain(one) == Plain(other);

    // Written by another way than the product's, so that the two can be held against each other.
    private static string Plain(Dictionary<string, AttributeValue> item) => System.Text.Json.JsonSerializer.Serialize(
        item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => new { attribute.Key, Value = Plain(attribute.Value) }));

    private static string Plain(AttributeValue value) => System.Text.Json.JsonSerializer.Serialize(new
    {
        value.S,
        value.N,
        B = value.B is null ? null : Convert.ToHexString(value.B.ToArray()),
        value.BOOL,
        SS = value.SS is { Count: > 0 } ? value.SS.Order(StringComparer.Ordinal) : null,
        L = value.IsLSet ? value.L?.Select(Plain) : null,
        M = value.IsMSet ? value.M?.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new { pair.Key, Value = Plain(pair.Value) }) : null,
    });

    private static byte[] Written(Dictionary<string, AttributeValue> item) => CanonicalItem.Write(item, "kind", _ => false);

    private static Dictionary<string, AttributeValue> Item(string partition, string sort, params (string Name, AttributeValue Value)[] attributes)
    {
        var item = StoreTable.Key(partition, sort);
        foreach (var (name, value) in attributes)
            item[name] = value;
        return item;
    }

    private static AttributeValue Bytes(params byte[] bytes) => new() { B = new MemoryStream(bytes) };

    private static StateSeal Seal(string table) => new(new Root(table), new Clock(Now));

    private sealed class Root(string table) : ISealRoot
    {
        private int asked;

        public bool IsUsable { get; set; } = true;

        public int Asked => asked;

        public Task<SealRootResult> DeriveAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult<SealRootResult>(
                IsUsable ? new SealRootResult.Derived(SHA256.HashData(Encoding.UTF8.GetBytes(table))) : new SealRootResult.Refused("disabled"));
        }
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
