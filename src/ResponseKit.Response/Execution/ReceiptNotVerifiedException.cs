namespace ResponseKit.Response.Execution;

/// <summary>The receipt to revert cannot be verified, so nothing is undone by it. Nothing was changed.</summary>
public sealed class ReceiptNotVerifiedException : Exception
{
    /// <summary>Makes the error for a receipt's id.</summary>
    public ReceiptNotVerifiedException(string id)
        : base($"Receipt '{id}' cannot be verified: it bears no seal, or one that does not fit it, or the seal key cannot be used. Nothing is undone by it, and nothing was changed. "
            + "Read it with 'responsekit show', compare it with CloudTrail, and undo by hand what is right.")
    {
    }
}
