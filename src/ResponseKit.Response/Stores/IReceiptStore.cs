namespace ResponseKit.Response.Stores;

/// <summary>Where receipts are kept. Saving must have happened when the task completes: undo depends on it.</summary>
public interface IReceiptStore
{
    /// <summary>The receipt of that id; null when there is none.</summary>
    Task<ActionReceipt?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Every receipt of an incident, oldest first.</summary>
    Task<IReadOnlyList<ActionReceipt>> OfIncidentAsync(string incident, CancellationToken cancellationToken);

    /// <summary>Keeps a receipt, in place of an earlier one with its id.</summary>
    Task SaveAsync(ActionReceipt receipt, CancellationToken cancellationToken);
}
