namespace ResponseKit.Response.Running;

/// <summary>Talks to action functions: payloads out, receipts in, and on again while they run out of time.</summary>
internal sealed class ActionCaller(IActionInvoker functions, RunnerSettings settings, IProgress<ResponseEvent> progress)
{
    /// <summary>Invokes until the action no longer runs out of time, and reports it.</summary>
    public async Task<ActionResult> CallAsync(string actionId, ActionRequest request, CancellationToken cancellationToken)
    {
        progress.Report(new ResponseEvent.Started(actionId, request));
        var result = await functions.AskAsync(actionId, request, cancellationToken);
        for (var again = 0; again < settings.MaxContinuations && result is ActionResult.Answered { Receipt.Status: ReceiptStatus.Incomplete }; again++)
            result = await functions.AskAsync(actionId, request, cancellationToken);
        progress.Report(new ResponseEvent.Ended(actionId, request, result));
        return result;
    }
}
