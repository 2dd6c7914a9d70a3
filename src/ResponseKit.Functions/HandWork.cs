using System.Collections.Immutable;
using System.Globalization;
using Amazon.Runtime;
using ResponseKit.Aws.Actions;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Notifications;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>
/// Tells people of every change that no response asked for: whoever may invoke an action function may command it, and should not be able to do so unseen. Who
/// that was, Lambda does not tell the function; CloudTrail does.
/// </summary>
/// <param name="services">The function's services.</param>
/// <param name="isAskedByUs">Whether ResponseKit itself asks, within its own process.</param>
internal sealed class HandWork(FunctionServices services, bool isAskedByUs)
{
    // What takes a whole identity away. A brake ends by itself, which says nothing of what was done before; a key is not its user.
    private static readonly ImmutableHashSet<string> Containing =
    [
        .. ActionCatalogue.All.Select(action => action.Descriptor)
            .Where(action => action.Stage == ResponseStage.ContainIdentity && (action.Target == ResourceKind.IamUser || action.Target == ResourceKind.IamRole))
            .Select(action => action.Id).Except(BrakeRelease.Actions, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Tells of a request that was carried out, unless it is one of a response, or only looked. Of an identity that a person gave back it is noted that what it did
    /// before counts no more: else its next harmless call would have it taken again.
    /// </summary>
    public async Task NoteAsync(ActionRequest request, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (request is { Mode: ActionMode.Revert, Incident: { } incident } && Containing.Contains(receipt.Action) && receipt.Status is ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace)
            await services.Dismissals.KeepAsync(Released(incident, request, receipt), cancellationToken);
        if (!isAskedByUs)
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
        if (request.Mode is not (ActionMode.Apply or ActionMode.Revert) || await IsKnownAsync(request, receipt.Action, cancellationToken))
            return;
        services.Log.Write(
            LogSeverity.Warning, "action.by-hand", ("action", receipt.Action), ("mode", ModeOf(request)), ("status", receipt.Status.ToString()), ("account", request.Account),
            ("targets", string.Join(' ', receipt.Targets)), ("receipt", receipt.Id), ("reason", request.Reason));
        await services.TellAsync(NoticeOf(request, receipt), cancellationToken);
    }

    // What was done is done, and its receipt is the answer, whether or not the store can be read now. Then it is told once too often.
    private async Task<bool> IsKnownAsync(ActionRequest request, string action, CancellationToken cancellationToken)
    {
        try
        {
            return await IsPlannedAsync(request, action, cancellationToken);
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return false;
        }
    }

    // By what the round has kept, which is sealed, and not by anything in the request: that could be copied.
    private async Task<bool> IsPlannedAsync(ActionRequest request, string action, CancellationToken cancellationToken)
    {
        if (request.Incident is not { } incident || request.Mode != ActionMode.Apply)
            return false;
        var entries = await services.Ledgers.OfAsync(IncidentRecord.ResponseNameOf(incident, request.Round), cancellationToken);
        return entries.Passes.Any(pass => pass.Actions.Any(planned => planned.ActionId == action && planned.Request.ToJson() == request.ToJson()));
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
