using System.Collections.Immutable;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>Keeps allowances in DynamoDB, each a sealed item of one partition: there are few, and they are read only where somebody is about to be braked.</summary>
/// <param name="table">The table.</param>
public sealed class DynamoAllowanceStore(StoreTable table) : IAllowanceStore
{
    private const string All = "allowances";
    private const string Prefix = "allowance#";
    private const int MostAttempts = 20;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Allowance>> AllAsync(CancellationToken cancellationToken) =>
        [.. (await table.QuerySealedAsync(All, Prefix, SealKind.Allowance, cancellationToken)).Select(Read).OfType<Allowance>()];

    /// <inheritdoc/>
    public async Task AddAsync(Allowance allowance, CancellationToken cancellationToken)
    {
        var body = Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(allowance, ResponseJson.Default.Allowance));
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var there = await table.FindSealedAsync(All, Prefix + allowance.Id, SealKind.Allowance, cancellationToken);
            var item = StoreTable.Key(All, Prefix + allowance.Id);
            item["body"] = new() { B = new MemoryStream(body, writable: false) };
            if (await table.PutSealedAsync(item, SealKind.Allowance, there, cancellationToken))
                return;
        }

        throw new InvalidOperationException($"The allowance {allowance.Id} is changed again and again by others, and could not be kept.");
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest { TableName = table.Name, Key = StoreTable.Key(All, Prefix + id), ReturnValues = Amazon.DynamoDBv2.ReturnValue.ALL_OLD };
        return (await table.Dynamo.DeleteItemAsync(request, cancellationToken)).Attributes is { Count: > 0 };
    }

    // An item that says something else than its key is none of ours, whatever its seal.
    private static Allowance? Read(SealedItem found) =>
        Packed.TryRead(found.Item.GetValueOrDefault("body")?.B, ResponseJson.Default.Allowance, out var allowance) && Prefix + allowance.Id == found.Item[StoreTable.Sort].S
            ? allowance with { IsVerified = found.IsVerified }
            : null;
}
