using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Testing;

/// <summary>A receipt store before and after each save of which a <see cref="CrashPoint"/> may end the process.</summary>
/// <param name="store">Where receipts are kept.</param>
public sealed class CrashingReceipts(IReceiptStore store) : IReceiptStore
{
    /// <inheritdoc/>
    public Task<ActionReceipt?> FindAsync(string id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ActionReceipt>> OfIncidentAsync(string incident, CancellationToken cancellationToken) => store.OfIncidentAsync(incident, cancellationToken);

    /// <inheritdoc/>
    public async Task SaveAsync(ActionReceipt receipt, CancellationToken cancellationToken)
    {
        CrashPoint.Pass("before a save");
        await store.SaveAsync(receipt, cancellationToken);
        CrashPoint.Pass("after a save");
    }
}
