namespace ResponseKit.Response.Execution;

/// <summary>There is no receipt to revert. Nothing was changed.</summary>
public sealed class ReceiptNotFoundException : Exception
{
    /// <summary>Makes the error for a receipt's id.</summary>
    public ReceiptNotFoundException(string id)
        : base($"There is no receipt '{id}' of this action, so there is nothing to revert. Name the receipt, or the incident and target as they were when the action was applied.")
    {
    }
}
