namespace ResponseKit.Response.Running;

/// <summary>Looks whether what a response applied still holds.</summary>
/// <param name="functions">The action functions, which verify.</param>
/// <param name="settings">How many at the same time.</param>
/// <param name="progress">Told what came of it.</param>
/// <param name="resultOf">What came of carrying out a request.</param>
public sealed class ResponseLooker(
    IActionInvoker functions, RunnerSettings settings, IProgress<ResponseEvent> progress, Func<PlannedAction, CancellationToken, Task<ActionResult>> resultOf)
{
    private enum Finding
    {
        NotSeen,
        LeftAlone,
        Holds,
        Broken,
    }

    /// <summary>Looks at everything from where the last look ended, and notes it in the ledger.</summary>
    /// <param name="ledger">What was taken up.</param>
    /// <param name="look">The look's number.</param>
    /// <param name="timeOut">Ends the look early: what was not seen by then is left to the next one.</param>
    /// <param name="cancellationToken">Gives up at once; nothing is noted.</param>
    public async Task<ResponseLook> LookAsync(ResponseLedger ledger, int look, CancellationToken timeOut, CancellationToken cancellationToken)
    {
        var (actions, from) = (ledger.Actions, ledger.NextToLookAt);
        var found = new Finding[actions.Length];
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut, cancellationToken);
        await Parallel.ForEachAsync(
            Enumerable.Range(from, actions.Length - from),
            new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancellationToken },
            async (at, _) => found[at] = await FindAsync(actions[at], either.Token, timeOut));
        if (found.Any(finding => finding is Finding.Holds or Finding.Broken))
            progress.Report(new ResponseEvent.Looked(found.Count(finding => finding == Finding.Holds), found.Count(finding => finding == Finding.Broken)));
        var unseen = Array.IndexOf(found, Finding.NotSeen, from);
        return ledger.Note(look, [.. actions.Where((_, at) => found[at] == Finding.Broken).Select(ResponseLedger.IdOf)], Math.Max(unseen, 0));
    }

    private async Task<Finding> FindAsync(PlannedAction action, CancellationToken cancellationToken, CancellationToken timeOut)
    {
        if (timeOut.IsCancellationRequested)
            return Finding.NotSeen;
        try
        {
            return await FindAsync(action, cancellationToken);
        }
        catch (OperationCanceledException) when (timeOut.IsCancellationRequested)
        {
            return Finding.NotSeen;
        }
    }

    private async Task<Finding> FindAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        if (action.Request.Mode != ActionMode.Apply)
            return Finding.LeftAlone;
        return await resultOf(action, cancellationToken) switch
        {
            // What a guard or a person holds back is reported, and asking again would change nothing.
            // Unless part of it was done: what was held must not keep the rest from being looked at.
            ActionResult.Answered { Receipt.Status: ReceiptStatus.Skipped or ReceiptStatus.NeedsApproval or ReceiptStatus.NotFound } answered when !answered.Receipt.HasChanged =>
                Finding.LeftAlone,
            ActionResult.Answered { Receipt.Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace or ReceiptStatus.NeedsApproval or ReceiptStatus.NotFound } =>
                await HoldsAsync(action, cancellationToken) ? Finding.Holds : Finding.Broken,
            _ => Finding.Broken,
        };
    }

    private async Task<bool> HoldsAsync(PlannedAction action, CancellationToken cancellationToken) =>
        await functions.AskAsync(action.ActionId, action.Request with { Mode = ActionMode.Verify }, cancellationToken)
            is ActionResult.Answered { Receipt.Status: ReceiptStatus.Holds };
}
