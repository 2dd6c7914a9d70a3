namespace ResponseKit.Response.Execution;

/// <summary>
/// Makes one receipt of two that were written at the same time for the same action of the same incident. Of two before-states the first one stands: the second may be
/// what the other run had made of it.
/// </summary>
internal static class ReceiptMerge
{
    /// <summary>The second receipt with what the first one knows.</summary>
    /// <param name="first">The receipt that was kept first.</param>
    /// <param name="second">The one that is to be kept now.</param>
    public static ActionReceipt Of(ActionReceipt first, ActionReceipt second)
    {
        // One that was undone is over: what comes after it begins anew.
        if (first.Reverted is not null || first.Mode != ActionMode.Apply || second.Mode != ActionMode.Apply || first.Action != second.Action)
            return second;
        var log = new StepLog(first.Steps);
        foreach (var step in second.Steps)
            log.Record(new Step(step.Key, step.Call, step.Resource, step.Summary) { Before = step.Before, After = step.After }, step.Outcome);
        // An undo knows only what it read; what the other run did meanwhile is not given back.
        var isMore = first.Steps.Any(step => step.Outcome.MayHaveChanged && !second.Steps.Any(own => own.Key == step.Key));
        return second with
        {
            Started = first.Started < second.Started ? first.Started : second.Started,
            Steps = [.. log.Steps],
            Reverted = isMore ? null : second.Reverted,
        };
    }
}
