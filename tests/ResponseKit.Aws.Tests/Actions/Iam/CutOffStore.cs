using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Aws.Tests.Actions.Iam;

/// <summary>A receipt store whose process is cut off: after some saves, every further one fails until it is mended.</summary>
internal sealed class CutOffStore(IReceiptStore store, int saves) : IReceiptStore
{
    private int left = saves;

    public void Mend() => left = int.MaxValue;

    public Task<ActionReceipt?> FindAsync(string id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<ActionReceipt>> OfIncidentAsync(string incident, CancellationToken cancellationToken) =>
        store.OfIncidentAsync(incident, cancellationToken);

    public Task SaveAsync(ActionReceipt receipt, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref left) >= 0 ? store.SaveAsync(receipt, cancellationToken) : throw new IOException("The process was cut off here.");
}
