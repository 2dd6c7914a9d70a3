using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response;
using ResponseKit.Response.Execution;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps receipts in DynamoDB. A receipt is one sealed item while it fits; a larger one is split over several, and becomes visible as a whole when its
/// head is written last, which is sealed and names the hash of all parts. An item has at most 400 KB (DynamoDB Developer Guide, "Quotas").
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
    private const int MostAttempts = 20;
    private const int MostRemembered = 1_000;
    private readonly ConcurrentDictionary<string, bool> listed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SealedItem?> heads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ActionReceipt> others = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<ActionReceipt?> FindAsync(string id, CancellationToken cancellationToken)
    {
        others.TryRemove(id, out _);
        return await ReadAsync(id, cancellationToken);
    }

    private async Task<ActionReceipt?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        // The parts may be replaced between the two reads; the head then names others.
        for (var attempt = 1; ; attempt++)
        {
            var found = await table.FindSealedAsync(Of(id), Head, SealKind.Receipt, cancellationToken);
            Remember(id, found);
            if (found is not { } head)
                return null;
            if (await BodyAsync(id, head.Item, cancellationToken) is { } body)
                return Receipt(id, body, head.IsVerified);
            if (attempt == 5 && head.IsVerified)
                throw new InvalidDataException($"Receipt '{id}' in table '{table.Name}' lacks parts of it. Restore the table to a time before they went missing.");
            if (attempt == 5)
                return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ActionReceipt>> OfIncidentAsync(string incident, CancellationToken cancellationToken)
    {
        var entries = await table.QueryAsync(OfIncident(incident), "receipt#", cancellationToken);
        var receipts = new ConcurrentBag<ActionReceipt>();
        await Parallel.ForEachAsync(entries, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (entry, token) =>
        {
            // The entry only points; a verified receipt says itself whose it is.
            if (await ReadAsync(entry[StoreTable.Sort].S["receipt#".Length..], token) is { } receipt && receipt.Incident == incident)
                receipts.Add(receipt);
        });
        return [.. receipts.OrderBy(receipt => receipt.Started).ThenBy(receipt => receipt.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task SaveAsync(ActionReceipt receipt, CancellationToken cancellationToken)
    {
        // Side by side: what is listed and not there is passed over, and nothing is done by a receipt before both are written.
        var listing = ListAsync(receipt, cancellationToken);
        var saving = PutAsync(receipt, cancellationToken);
        await Task.WhenAll(listing, saving);
    }

    private async Task ListAsync(ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.Incident is not { } incident || listed.ContainsKey(receipt.Id))
            return;
        await PutAsync(StoreTable.Key(OfIncident(incident), "receipt#" + receipt.Id), cancellationToken);
        listed.TryAdd(receipt.Id, true);
    }

    private async Task PutAsync(ActionReceipt receipt, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var whole = others.TryGetValue(receipt.Id, out var theirs) ? ReceiptMerge.Of(theirs, receipt) : receipt;
            var body = Packed.Pack(ReceiptJson.Write(whole));
            var parts = body.Length <= partBytes ? null : await PutPartsAsync(receipt.Id, body, cancellationToken);
            var former = heads.TryGetValue(receipt.Id, out var known) ? known : await table.FindSealedAsync(Of(receipt.Id), Head, SealKind.Receipt, cancellationToken);
            var head = StoreTable.Key(Of(receipt.Id), Head);
            head[parts is null ? "body" : "parts"] = parts is null ? Binary(body) : new(parts);
            if (await table.PutSealedAsync(head, SealKind.Receipt, former, cancellationToken))
            {
                await RememberAsync(receipt.Id, head, cancellationToken);
                // The parts of what was put aside stay: they are what it holds.
                if (former is { IsVerified: true } && former.Item.GetValueOrDefault("parts")?.S is { } old && old != parts)
                    await DeletePartsAsync(receipt.Id, old, cancellationToken);
                return;
            }

            // Somebody else runs the same action for the same incident. What they found there before they changed it stands.
            if (await ReadAsync(receipt.Id, cancellationToken) is { IsVerified: true } other)
                others[receipt.Id] = other;
        }

        throw new InvalidOperationException($"Receipt '{receipt.Id}' in table '{table.Name}' is changed again and again by others, and could not be saved.");
    }

    // Each step of a run saves its receipt, and need not read it again for that.
    private async Task RememberAsync(string id, Dictionary<string, AttributeValue> head, CancellationToken cancellationToken) =>
        Remember(id, new SealedItem(head, await table.Seal.CheckAsync(head, SealKind.Receipt, cancellationToken)));

    // What is not verified is read again before it is replaced, to be put aside whole.
    private void Remember(string id, SealedItem? head)
    {
        if (heads.Count > MostRemembered)
            heads.Clear();
        if (head is { IsVerified: false })
            heads.TryRemove(id, out _);
        else
            heads[id] = head is null ? null : new SealedItem(head.Item.Where(part => part.Key != "body").ToDictionary(StringComparer.Ordinal), head.Authenticity);
    }

    private static ActionReceipt? Receipt(string id, Stream body, bool isVerified)
    {
        if (isVerified)
            return ReceiptJson.Read(Packed.Unpack(body));
        return Packed.TryRead(body, json => ReceiptJson.Read(json), out var receipt) && receipt.Id == id ? receipt with { IsVerified = false } : null;
    }

    private static string Of(string id) => ReceiptPartitions + id;

    private static string OfIncident(string incident) => IncidentPartitions + incident;

    private static AttributeValue Binary(byte[] bytes) => new() { B = new MemoryStream(bytes, writable: false) };

    /// <summary>What the head holds or points to; null when its parts are not all there.</summary>
    private async Task<Stream?> BodyAsync(string id, Dictionary<string, AttributeValue> head, CancellationToken cancellationToken)
    {
        if (head.TryGetValue("body", out var whole))
            return whole.B;
        if (head.GetValueOrDefault("parts")?.S is not { } parts)
            return null;
        var items = await table.QueryAsync(Of(id), $"part#{parts}#", cancellationToken);
        if (items.Count != CountOf(parts))
            return null;
        var body = new MemoryStream();
        foreach (var item in items)
            item.GetValueOrDefault("body")?.B?.WriteTo(body);
        // The head's seal vouches for the parts by the hash of their content.
        if (NameOf(body.ToArray(), items.Count) != parts)
            return null;
        body.Position = 0;
        return body;
    }

    private static string NameOf(byte[] body, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(body))}-{count}");

    /// <summary>Writes the parts under a name of their content, so that parts of two versions never mix. The name ends in their number.</summary>
    private async Task<string> PutPartsAsync(string id, byte[] body, CancellationToken cancellationToken)
    {
        var chunks = body.Chunk(partBytes).ToList();
        var parts = NameOf(body, chunks.Count);
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

    private static int CountOf(string parts) =>
        int.TryParse(parts.AsSpan(parts.IndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1;

    private static string PartKey(string parts, int number) => string.Create(CultureInfo.InvariantCulture, $"part#{parts}#{number:D5}");

    private async Task<Dictionary<string, AttributeValue>?> PutAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest { TableName = table.Name, Item = item, ReturnValues = Amazon.DynamoDBv2.ReturnValue.ALL_OLD };
        return (await table.Dynamo.PutItemAsync(request, cancellationToken)).Attributes;
    }
}
