using System.Globalization;
using System.Text.Json;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps in DynamoDB which evidence counts no more: a partition an incident, a sealed item each time that a person says so. One that cannot be verified counts all
/// the same, as the kill switch does: who can write to the table may stop ResponseKit, and people are told.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="time">The clock.</param>
public sealed class DynamoDismissalStore(StoreTable table, TimeProvider time) : IDismissalStore
{
    /// <summary>What the partitions begin with.</summary>
    public const string Partitions = "dismissal#";

    private const string Sort = "at#";
    private const int MostAttempts = 20;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Dismissal>> OfAsync(string incident, CancellationToken cancellationToken) =>
        [.. (await table.QuerySealedAsync(Partitions + incident, Sort, SealKind.Dismissal, cancellationToken)).Select(found => Read(incident, found)).OfType<Dismissal>()];

    /// <inheritdoc/>
    public async Task KeepAsync(Dismissal dismissal, CancellationToken cancellationToken)
    {
        var body = Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(dismissal, ResponseJson.Default.Dismissal));
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var item = StoreTable.Key(Partitions + dismissal.Incident, string.Create(CultureInfo.InvariantCulture, $"{Sort}{dismissal.At.UtcTicks + attempt:D19}"));
            item["body"] = new() { B = new MemoryStream(body, writable: false) };
            if (await table.PutSealedAsync(item, SealKind.Dismissal, instead: null, cancellationToken))
                return;
        }

        throw new InvalidOperationException($"What was said about incident {dismissal.Incident} could not be kept: others write there again and again.");
    }

    // However it is dated, nothing that is still to come is covered.
    private Dismissal? Read(string incident, SealedItem found)
    {
        if (!Packed.TryRead(found.Item.GetValueOrDefault("body")?.B, ResponseJson.Default.Dismissal, out var read) || read.Incident != incident)
            return null;
        var now = time.GetUtcNow();
        return read with { IsVerified = found.IsVerified, Before = read.Before < now ? read.Before : now };
    }
}
