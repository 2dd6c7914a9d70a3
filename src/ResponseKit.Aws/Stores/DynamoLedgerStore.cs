using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps in DynamoDB how far responses are: a partition a response, a sealed item each pass and look, written once. What cannot be verified counts as not written,
/// so that it is done once more, which changes nothing; only while no seal can be checked at all is it believed, as then nothing but identities is acted on.
/// </summary>
/// <param name="table">The table.</param>
public sealed class DynamoLedgerStore(StoreTable table) : ILedgerStore
{
    /// <summary>What the partitions of responses begin with.</summary>
    public const string ResponsePartitions = "response#";

    private const string Pass = "pass#";
    private const string Look = "look#";
    private const int MostAttempts = 20;

    /// <inheritdoc/>
    public async Task<LedgerEntries> OfAsync(string response, CancellationToken cancellationToken)
    {
        var passes = await table.QuerySealedAsync(Of(response), Pass, SealKind.Ledger, cancellationToken);
        var looks = await table.QuerySealedAsync(Of(response), Look, SealKind.Ledger, cancellationToken);
        return new LedgerEntries(
            [.. passes.Select(item => Read(item, ResponseJson.Default.ResponsePass)).OfType<ResponsePass>()],
            [.. looks.Select(item => Read(item, ResponseJson.Default.ResponseLook)).OfType<ResponseLook>()]);
    }

    /// <inheritdoc/>
    public Task<ResponsePass> KeepAsync(string response, ResponsePass pass, CancellationToken cancellationToken) =>
        KeepAsync(response, Pass, pass.Look, pass, ResponseJson.Default.ResponsePass, cancellationToken);

    /// <inheritdoc/>
    public Task<ResponseLook> KeepAsync(string response, ResponseLook look, CancellationToken cancellationToken) =>
        KeepAsync(response, Look, look.Look, look, ResponseJson.Default.ResponseLook, cancellationToken);

    private static string Of(string response) => ResponsePartitions + response;

    private static T? Read<T>(SealedItem found, JsonTypeInfo<T> type)
        where T : class => !found.IsSuspect && Packed.TryRead(found.Item.GetValueOrDefault("body")?.B, type, out var value) ? value : null;

    private async Task<T> KeepAsync<T>(string response, string kind, int number, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var sort = string.Create(CultureInfo.InvariantCulture, $"{kind}{number:D6}");
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var there = await table.FindSealedAsync(Of(response), sort, SealKind.Ledger, cancellationToken);
            if (there is not null && Read(there, type) is { } before)
                return before;
            var item = StoreTable.Key(Of(response), sort);
            item["body"] = new() { B = new MemoryStream(Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(value, type)), writable: false) };
            if (await table.PutSealedAsync(item, SealKind.Ledger, there, cancellationToken))
                return value;
        }

        throw new InvalidOperationException($"The item {sort} of {Of(response)} is changed again and again by others; it is not kept how far the response is.");
    }
}
