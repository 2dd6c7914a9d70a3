using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Response;
using ResponseKit.Response.Notifications;

namespace ResponseKit.Functions;

/// <summary>
/// Tells people of every change that no response asked for: whoever may invoke an action function may command it, and should not be able to do so unseen. Who
/// that was, Lambda does not tell the function; CloudTrail does.
/// </summary>
/// <param name="services">The function's services.</param>
internal sealed class HandWork(FunctionServices services)
{
    // No incident is opened so often. What is told once too often is better than what is not told.
    private const int MostRounds = 50;

    // What takes a whole identity away. A brake ends by itself, which says nothing of what was done before.
    private static readonly ImmutableArray<string> Containing = ["iam.contain-user", "iam.contain-role"];

    /// <summary>
    /// Tells of a request that was carried out, unless it is one of a response, or only looked. Of an identity that a person gave back it is noted that what it did
    /// before counts no more: else its next harmless call would have it taken again.
    /// </summary>
    public async Task NoteAsync(ActionRequest request, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (request is { Mode: ActionMode.Revert, Incident: { } incident } && Containing.Contains(receipt.Action) && receipt.Status is ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace)
            await services.Dismissals.KeepAsync(Released(incident, request, receipt), cancellationToken);
        await TellAsync(request, receipt, cancellationToken);
    }

    private Dismissal Released(string incident, ActionRequest request, ActionReceipt receipt) => new()
    {
        Incident = incident,
        Round = 0,
        Kind = DismissalKind.Released,
        By = $"whoever invoked {receipt.Action}",
        Reason = request.Reason,
        At = services.Time.GetUtcNow(),
        Before = services.Time.GetUtcNow(),
        Released = [.. request.Targets.Select(target => target.ToArn())],
    };

    private async Task TellAsync(ActionRequest request, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (request.Mode is not (ActionMode.Apply or ActionMode.Revert) || await IsPlannedAsync(request, receipt.Action, cancellationToken))
            return;
        services.Log.Write(
            LogSeverity.Warning, "action.by-hand", ("action", receipt.Action), ("mode", ModeOf(request)), ("status", receipt.Status.ToString()), ("account", request.Account),
            ("targets", string.Join(' ', receipt.Targets)), ("receipt", receipt.Id), ("reason", request.Reason));
        await services.TellAsync(NoticeOf(request, receipt), cancellationToken);
    }

    // By what responses have kept, which is sealed, and not by anything in the request: that could be copied.
    private async Task<bool> IsPlannedAsync(ActionRequest request, string action, CancellationToken cancellationToken)
    {
        if (request.Incident is not { } incident || request.Mode != ActionMode.Apply)
            return false;
        for (var round = 1; round <= MostRounds; round++)
        {
            var entries = await services.Ledgers.OfAsync(round == 1 ? incident : $"{incident}-{round.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
            if (entries.Passes.IsEmpty)
                return false;
            if (entries.Passes.Any(pass => pass.Actions.Any(planned => planned.ActionId == action && planned.Request.ToJson() == request.ToJson())))
                return true;
        }

        return false;
    }

    private static Notice NoticeOf(ActionRequest request, ActionReceipt receipt)
    {
        var targets = request.Targets is [var only] ? only.ToFullArn() : $"{request.Targets.Length} targets";
        return new()
        {
            Incident = request.Incident ?? receipt.Id,
            State = $"by-hand-{ModeOf(request)}-{receipt.Id}-{receipt.Finished.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture)}",
            Subject = $"ResponseKit: {receipt.Action} was invoked by hand ({ModeOf(request)}): {targets}",
            Lines =
            [
                $"Somebody invoked {receipt.Action} with mode {ModeOf(request)}, in account {request.Account}, region {request.Region}. No response asked for it.",
                .. receipt.Targets.Take(20).Select(target => $"  {target}"),
                "",
                $"Their reason: {request.Reason}",
                $"What came of it: {receipt.Message}",
                "",
                "Who it was: CloudTrail has the Invoke call if data events of Lambda are logged; the function's log has action.by-hand at that minute.",
                $"If nobody meant to: {(request.Mode == ActionMode.Apply ? $"send the same request with mode revert (receipt {receipt.Id})" : "send the same request with mode apply")}, and see who may call lambda:InvokeFunction (docs/deploy.md).",
            ],
        };
    }

    private static string ModeOf(ActionRequest request) => request.Mode.ToString().ToLowerInvariant();
}
