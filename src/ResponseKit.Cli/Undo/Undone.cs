using ResponseKit.Response;

namespace ResponseKit.Cli.Undo;

/// <summary>What came of undoing one receipt. One of <see cref="Done"/>, <see cref="NotUndone"/>, <see cref="Wrong"/>.</summary>
/// <param name="Receipt">What was to be undone.</param>
internal abstract record Undone(ActionReceipt Receipt)
{
    /// <summary>It was undone.</summary>
    public sealed record Done(ActionReceipt Receipt, ActionReceipt Reverted) : Undone(Receipt);

    /// <summary>It was left as it is, on purpose.</summary>
    public sealed record NotUndone(ActionReceipt Receipt, string Reason) : Undone(Receipt);

    /// <summary>It could not be undone, or not wholly.</summary>
    public sealed record Wrong(ActionReceipt Receipt, string Problem) : Undone(Receipt);
}
