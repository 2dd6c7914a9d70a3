namespace ResponseKit.Response.Execution;

/// <summary>A receipt in the making.</summary>
internal sealed class ReceiptDraft(string id, ActionDescriptor action, ActionRequest request, StepLog log, ActionReceipt? earlier, TimeProvider time)
{
    private readonly DateTimeOffset started = request.Mode == ActionMode.Apply && earlier is { Reverted: null } ? earlier.Started : time.GetUtcNow();

    /// <summary>Whether the run was cut off between steps.</summary>
    public bool RanOutOfTime { get; set; }

    /// <summary>The receipt as it must be known before the next call is made.</summary>
    public ActionReceipt Unfinished() => Receipt(ReceiptStatus.Incomplete, "The action was under way when this was written.");

    /// <summary>The receipt at the end of the run.</summary>
    public ActionReceipt Finished()
    {
        var status = ReceiptSummary.StatusOf(request, log.OfThisRun, RanOutOfTime);
        return Receipt(status, ReceiptSummary.MessageOf(action, request, status, log.OfThisRun));
    }

    private ActionReceipt Receipt(ReceiptStatus status, string message) => new()
    {
        Id = id,
        Action = action.Id,
        Mode = request.Mode,
        Status = status,
        Account = request.Account,
        Region = request.Region,
        Targets = [.. request.Targets.Select(target => target.ToArn())],
        Reason = request.Reason,
        Incident = request.Incident,
        Options = request.Options,
        Started = started,
        Finished = time.GetUtcNow(),
        Steps = [.. log.Steps],
        Message = message,
    };
}
