using System.Collections.Concurrent;

namespace ResponseKit.Response.Stores;

/// <summary>Keeps receipts in memory, for a drill and for undoing one. Each is kept as its JSON, so that nobody shares it.</summary>
public sealed class MemoryReceiptStore : IReceiptStore
{
    private readonly ConcurrentDictionary<string, byte[]> receipts = new(StringComparer.Ordinal);

    /// <summary>Every receipt, oldest first.</summary>
    public IReadOnlyList<ActionReceipt> All => [.. receipts.Values.Select(json => ReceiptJson.Read(json)).OrderBy(receipt => receipt.Started)];

    /// <inheritdoc/>
    public Task<ActionReceipt?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(receipts.TryGetValue(id, out var json) ? ReceiptJson.Read(json) : null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ActionReceipt>> OfIncidentAsync(string incident, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ActionReceipt>>([.. All.Where(receipt => receipt.Incident == incident)]);

    /// <inheritdoc/>
    public Task SaveAsync(ActionReceipt receipt, CancellationToken cancellationToken)
    {
        receipts[receipt.Id] = ReceiptJson.Write(receipt);
        return Task.CompletedTask;
    }
}
