using System.Collections.Concurrent;
using System.Text.Json;
using ResponseKit.Aws.Stores;
using ResponseKit.Response;

namespace ResponseKit.Testing;

/// <summary>Keeps receipts in memory, as the JSON that a real store would keep: what does not survive that is found out here.</summary>
public sealed class MemoryReceiptStore : IReceiptStore
{
    private readonly ConcurrentDictionary<string, string> receipts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<ActionReceipt?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(receipts.TryGetValue(id, out var json) ? Read(json) : null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ActionReceipt>> OfIncidentAsync(string incident, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ActionReceipt>>(
            [.. receipts.Values.Select(Read).OfType<ActionReceipt>().Where(receipt => receipt.Incident == incident).OrderBy(receipt => receipt.Started)]);

    /// <inheritdoc/>
    public Task SaveAsync(ActionReceipt receipt, CancellationToken cancellationToken)
    {
        receipts[receipt.Id] = JsonSerializer.Serialize(receipt, JsonSerializerOptions.Web);
        return Task.CompletedTask;
    }

    private static ActionReceipt? Read(string json) => JsonSerializer.Deserialize<ActionReceipt>(json, JsonSerializerOptions.Web);
}
