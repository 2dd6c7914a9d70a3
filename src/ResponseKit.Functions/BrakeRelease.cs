using System.Collections.Immutable;
using System.Text;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>
/// Takes brakes away again: those that ended, and those that a person released. The deny means nothing after its end in any case; this tidies up, and lets groups
/// launch again. Groups of what was contained stay as they are.
/// </summary>
internal sealed class BrakeRelease(FunctionServices services, TimeSpan time)
{
    /// <summary>The actions by which an incident is braked.</summary>
    public static ImmutableHashSet<string> Actions { get; } =
        [.. ActionCatalogue.All.Select(action => action.Descriptor).Where(action => action.Triggers.Any(trigger => trigger.IsForBrake)).Select(action => action.Id)];

    /// <summary>
    /// Takes away what has ended or is released of an incident, and answers what came of each, in a sentence. Nothing while the brake is to stand. What fails is tried
    /// again by the next sweep.
    /// </summary>
    public async Task<ImmutableArray<string>> ReleaseAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        if (record.Incident.Brake is not { } brake)
            return [];
        var approvals = await services.Approvals.OfAsync(record.Incident.Id, cancellationToken);
        var now = services.Time.GetUtcNow();
        var isContained = record.Incident.Verdict is Verdict.Contain || ResponsePlanner.IsContainedByPerson(approvals, Actions);
        var isReleased = !isContained && approvals.Any(approval => approval.Round == record.Round && approval.Decision is { IsApproved: false });
        if (brake.Until > now && !isReleased)
            return [];
        var receipts = await services.Receipts.OfIncidentAsync(record.Incident.Id, cancellationToken);
        var standing = receipts.Where(receipt => Actions.Contains(receipt.Action) && receipt is { Mode: ActionMode.Apply, Reverted: null })
            .Where(receipt => !isContained || IsOfIdentity(receipt)).ToList();
        var said = ImmutableArray.CreateBuilder<string>();
        var isDone = true;
        foreach (var receipt in standing)
        {
            var answer = await UndoAsync(receipt, isReleased ? "A person released it." : $"The brake ended at {brake.Until:u}.", cancellationToken);
            isDone &= answer is { Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace or ReceiptStatus.Skipped or ReceiptStatus.NeedsApproval };
            said.Add(answer?.Message ?? $"{receipt.Action} on {string.Join(", ", receipt.Targets.Take(3))} could not be undone yet; the log of the function tells why.");
        }

        if (isDone)
            await services.Cases.ForgetBrakeAsync(record, cancellationToken);
        foreach (var line in said)
            services.Log.Write(isDone ? LogSeverity.Information : LogSeverity.Warning, "brake.released", ("incident", record.Incident.Id), ("message", line));
        return said.ToImmutable();
    }

    private static bool IsOfIdentity(ActionReceipt receipt) => ActionCatalogue.Find(receipt.Action)?.Descriptor.Stage == ResponseStage.ContainIdentity;

    private async Task<ActionReceipt?> UndoAsync(ActionReceipt receipt, string reason, CancellationToken cancellationToken)
    {
        var kind = ActionCatalogue.Find(receipt.Action)!.Descriptor.Target;
        var request = new ActionRequest
        {
            Mode = ActionMode.Revert,
            Account = receipt.Account,
            Region = receipt.Region,
            Targets = [.. receipt.Targets.Select(target => ResourceRef.Parse(kind, target, receipt.Account, receipt.Region)).OfType<ResourceRef>()],
            Reason = reason,
            Incident = receipt.Incident,
            Receipt = receipt.Id,
            Options = receipt.Options,
        };
        var answer = await new InProcessInvoker(services, time).InvokeAsync(receipt.Action, Encoding.UTF8.GetBytes(request.ToJson()), cancellationToken);
        using var json = System.Text.Json.JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("error", out _) ? null : ReceiptJson.Read(answer.Span);
    }
}
