using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores.Sealing;

/// <summary>Reads and writes of sealed items. What a read finds unverified is told to the table's watch.</summary>
internal static class SealedReads
{
    /// <summary>The sort key under which an item is kept that was put aside, in its own partition.</summary>
    public const string Aside = "aside#";

    /// <summary>An item with what its seal says; null when there is none.</summary>
    public static async Task<SealedItem?> FindSealedAsync(this StoreTable table, string partition, string sort, SealKind kind, CancellationToken cancellationToken)
    {
        var seen = table.Seal.SeenOf(kind, partition, sort);
        return await table.FindAsync(partition, sort, cancellationToken) is { } item ? await CheckAsync(table, item, kind, seen, cancellationToken) : null;
    }

    /// <summary>The items of a partition whose sort key begins so, each with what its seal says.</summary>
    public static async Task<List<SealedItem>> QuerySealedAsync(
        this StoreTable table, string partition, string sortBegins, SealKind kind, CancellationToken cancellationToken)
    {
        var items = new List<SealedItem>();
        foreach (var item in await table.QueryAsync(partition, sortBegins, cancellationToken))
            items.Add(await CheckAsync(table, item, kind, seen: 0, cancellationToken));
        return items;
    }

    /// <summary>
    /// The items of a partition whose sort key lies between two, the last first and at most about so many, without those that somebody else may have written.
    /// </summary>
    public static async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> LatestSealedAsync(
        this StoreTable table, string partition, string from, string to, int atMost, SealKind kind, CancellationToken cancellationToken)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        foreach (var item in await table.LatestAsync(partition, from, to, atMost, cancellationToken))
        {
            if (await CheckAsync(table, item, kind, seen: 0, cancellationToken) is { IsSuspect: false })
                items.Add(item);
        }

        return items;
    }

    /// <summary>
    /// Seals an item and writes it in the place of one that was read, or where there is none. What is replaced although it is not believed is put aside first.
    /// </summary>
    /// <returns>Whether it was written; false when another one stands there by now.</returns>
    public static async Task<bool> PutSealedAsync(
        this StoreTable table, Dictionary<string, AttributeValue> item, SealKind kind, SealedItem? instead, CancellationToken cancellationToken)
    {
        if (instead is { IsReplacedWithCare: true })
            await table.PutAsideAsync(instead, kind, cancellationToken);
        await table.Seal.SealAsync(item, kind, NextVersion(table, item, kind, instead), cancellationToken);
        var request = new PutItemRequest { TableName = table.Name, Item = item, ConditionExpression = "attribute_not_exists(pk)" };
        if (instead is not null)
            (request.ConditionExpression, request.ExpressionAttributeValues) = Unchanged(instead);
        try
        {
            await table.Dynamo.PutItemAsync(request, cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }

        table.Seal.Saw(kind, item);
        return true;
    }

    /// <summary>
    /// Sets attributes of an item that was read and verified, and seals it anew. Attributes that the kind leaves out of its seal are not touched, so that
    /// whoever writes one of them meanwhile loses nothing.
    /// </summary>
    /// <returns>The item as it is now; null when somebody else has changed it since it was read.</returns>
    public static async Task<Dictionary<string, AttributeValue>?> UpdateSealedAsync(
        this StoreTable table, SealedItem read, IReadOnlyDictionary<string, AttributeValue> changes, SealKind kind, CancellationToken cancellationToken)
    {
        var item = new Dictionary<string, AttributeValue>(read.Item, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
            item[name] = value;
        await table.Seal.SealAsync(item, kind, NextVersion(table, item, kind, read), cancellationToken);
        var written = changes.Keys.Append(StateSeal.VersionAttribute).Append(StateSeal.EpochAttribute).Append(StateSeal.SealAttribute).Where(item.ContainsKey).ToList();
        var (condition, values) = Unchanged(read);
        values ??= new(StringComparer.Ordinal);
        foreach (var (at, name) in written.Index())
            values[$":n{at}"] = item[name];
        try
        {
            var updated = await table.Dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table.Name,
                    Key = StoreTable.Key(read.Key.Partition, read.Key.Sort),
                    UpdateExpression = "set " + string.Join(", ", written.Select((name, at) => $"{name} = :n{at}")),
                    ConditionExpression = condition,
                    ExpressionAttributeValues = values,
                    ReturnValues = ReturnValue.ALL_NEW,
                },
                cancellationToken);
            table.Seal.Saw(kind, item);
            return updated.Attributes;
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    /// <summary>Keeps a copy of an item for a person, under a name of its content. Where that fails, the table's own point-in-time recovery is left.</summary>
    public static async Task PutAsideAsync(this StoreTable table, SealedItem found, SealKind kind, CancellationToken cancellationToken)
    {
        var copy = new Dictionary<string, AttributeValue>(found.Item, StringComparer.Ordinal);
        copy[StoreTable.Sort] = new(Aside + found.Key.Sort + "#" + Digest(found.Item));
        if (!kind.IsFleeting)
            copy.Remove(StoreTable.Expires);
        try
        {
            await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = copy }, cancellationToken);
        }
        catch (AmazonDynamoDBException error) when (error.ErrorCode == "ValidationException")
        {
            // It is as large as an item can be, so that the longer name does not fit.
        }
    }

    /// <summary>A short name of an item's content.</summary>
    public static string Digest(Dictionary<string, AttributeValue> item) =>
        Convert.ToHexStringLower(SHA256.HashData(CanonicalItem.Write(item, "aside", _ => false)))[..12];

    // One that was rolled back must not let the versions begin anew.
    private static long NextVersion(StoreTable table, Dictionary<string, AttributeValue> item, SealKind kind, SealedItem? instead)
    {
        var seen = table.Seal.SeenOf(kind, item[StoreTable.Partition].S, item[StoreTable.Sort].S);
        var before = instead is { IsVerified: true } or { Authenticity: Authenticity.RolledBack or Authenticity.Unchecked } ? instead.Version : 0;
        return Math.Max(seen, before < long.MaxValue ? before : 0) + 1;
    }

    private static (string Condition, Dictionary<string, AttributeValue>? Values) Unchanged(SealedItem instead)
    {
        var conditions = new List<string> { "attribute_exists(pk)" };
        Dictionary<string, AttributeValue>? values = null;
        foreach (var (name, attribute) in new[] { (":version", StateSeal.VersionAttribute), (":seal", StateSeal.SealAttribute) })
        {
            if (instead.Item.TryGetValue(attribute, out var value))
            {
                conditions.Add($"{attribute} = {name}");
                values ??= new(StringComparer.Ordinal);
                values[name] = value;
            }
            else
            {
                conditions.Add($"attribute_not_exists({attribute})");
            }
        }

        return (string.Join(" and ", conditions), values);
    }

    private static async Task<SealedItem> CheckAsync(
        StoreTable table, Dictionary<string, AttributeValue> item, SealKind kind, long seen, CancellationToken cancellationToken)
    {
        var authenticity = await table.Seal.CheckAsync(item, kind, cancellationToken);
        if (authenticity == Authenticity.Verified)
        {
            if (StateSeal.VersionOf(item) < seen)
                authenticity = Authenticity.RolledBack;
            else
                table.Seal.Saw(kind, item);
        }

        if (authenticity != Authenticity.Verified)
            await table.Watch.FoundAsync(new(kind.Name, item[StoreTable.Partition].S, item[StoreTable.Sort].S, authenticity), cancellationToken);
        return new SealedItem(item, authenticity);
    }
}
