using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Response;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps receipts in DynamoDB. A receipt is one item while it fits; a larger one is split over several, and becomes visible as a whole when its
/// head is written last. An item has at most 400 KB (DynamoDB Developer Guide, "Quotas").
/// </summary>
/// <param name="table">The table.</param>
/// <param name="partBytes">How many bytes of a receipt go into one item.</param>
public sealed class DynamoReceiptStore(StoreTable table, int partBytes = DynamoReceiptStore.MostPartBytes) : IReceiptStore
{
    /// <summary>How the partitions of receipts begin.</summary>
    public const string ReceiptPartitions = "receipt#";

    /// <summary>How the partitions begin that list an incident's receipts.</summary>
    public const string IncidentPartitions = "incident#";

    private const int MostPartBytes = 350_000;
    private const string Head = "head";
    private readonly ConcurrentDictionary<string, bool> listed = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<ActionReceipt?> FindAsync(string id, CancellationToken cancellationToken)
    {
        // The parts may be replaced between the two reads; the head then names others.
        for (var attempt = 1; ; attempt++)
        {
            if (await table.FindAsync(Of(id), Head, cancellationToken) is not { } head)
                return null;
            if (await BodyAsync(id, head, cancellationToken) is { } body)
                return ReceiptJson.Read(Packed.Unpack(body));
            if (attempt == 5)
                throw new InvalidDataException($"Receipt '{id}' in table '{table.Name}' lacks parts of it. Restore the table to a time before they went missing.");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ActionReceipt>> OfIncidentAsync(string incident, CancellationToken cancellationToken)
    {
        var entries = await table.QueryAsync(OfIncident(incident), "receipt#", cancellationToken);
        var receipts = new ConcurrentBag<ActionReceipt>();
        await Parallel.ForEachAsync(entries, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (entry, token) =>
        {
            if (await FindAsync(entry[StoreTable.Sort].S["receipt#".Length..], token) is { } receipt)
                receipts.Add(receipt);
        });
        return [.. receipts.OrderBy(receipt => receipt.Started).ThenBy(receipt => receipt.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task SaveAsync(ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.Incident is { } incident && !listed.ContainsKey(receipt.Id))
        {
            await PutAsync(StoreTable.Key(OfIncident(incident), "receipt#" + receipt.Id), cancellationToken);
            listed.TryAdd(receipt.Id, true);
        }

        var body = Packed.Pack(ReceiptJson.Write(receipt));
        var head = StoreTable.Key(Of(receipt.Id), Head);
        if (body.Length <= partBytes)
            head["body"] = Binary(body);
        else
            head["parts"] = new(await PutPartsAsync(receipt.Id, body, cancellationToken));
        var former = await PutAsync(head, cancellationToken);
        if (former?.GetValueOrDefault("parts")?.S is { } old && old != head.GetValueOrDefault("parts")?.S)
            await DeletePartsAsync(receipt.Id, old, cancellationToken);
    }

    private static string Of(string id) => ReceiptPartitions + id;

    private static string OfIncident(string incident) => IncidentPartitions + incident;

    private static AttributeValue Binary(byte[] bytes) => new() { B = new MemoryStream(bytes, writable: false) };

    /// <summary>What the head holds or points to; null when its parts are not all there.</summary>
    private async Task<Stream?> BodyAsync(string id, Dictionary<string, AttributeValue> head, CancellationToken cancellationToken)
    {
        if (head.TryGetValue("body", out var whole))
            return whole.B;
        var parts = head["parts"].S;
        var items = await table.QueryAsync(Of(id), $"part#{parts}#", cancellationToken);
        if (items.Count != CountOf(parts))
            return null;
        var body = new MemoryStream();
        foreach (var item in items)
            item["body"].B.WriteTo(body);
        body.Position = 0;
        return body;
    }

    /// <summary>Writes the parts under a name of their content, so that parts of two versions never mix. The name ends in their number.</summary>
    private async Task<string> PutPartsAsync(string id, byte[] body, CancellationToken cancellationToken)
    {
        var chunks = body.Chunk(partBytes).ToList();
        var parts = string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}-{chunks.Count}");
        foreach (var (number, chunk) in chunks.Index())
        {
            var item = StoreTable.Key(Of(id), PartKey(parts, number));
            item["body"] = Binary(chunk);
            await PutAsync(item, cancellationToken);
        }

        return parts;
    }

    private async Task DeletePartsAsync(string id, string parts, CancellationToken cancellationToken)
    {
        for (var number = 0; number < CountOf(parts); number++)
        {
            var request = new DeleteItemRequest { TableName = table.Name, Key = StoreTable.Key(Of(id), PartKey(parts, number)) };
            await table.Dynamo.DeleteItemAsync(request, cancellationToken);
        }
    }

    private static int CountOf(string parts) => int.Parse(parts.AsSpan(parts.IndexOf('-') + 1), CultureInfo.InvariantCulture);

    private static string PartKey(string parts, int number) => string.Create(CultureInfo.InvariantCulture, $"part#{parts}#{number:D5}");

    private async Task<Dictionary<string, AttributeValue>?> PutAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest { TableName = table.Name, Item = item, ReturnValues = Amazon.DynamoDBv2.ReturnValue.ALL_OLD };
        return (await table.Dynamo.PutItemAsync(request, cancellationToken)).Attributes;
    }
}
