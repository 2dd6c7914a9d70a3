using System.Collections.Immutable;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Running;
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
        // The kill switch keeps things as they are, also this, and without the key no receipt can be verified; the sweep comes back to it.
        if (record.Incident.Brake is not { } brake || await services.Control.KillSwitchAsync(cancellationToken) is not null
            || await services.SealProblemAsync(cancellationToken) is not null)
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
        var functions = new InProcessInvoker(services, time);
        var said = ImmutableArray.CreateBuilder<string>();
        var isDone = true;
        foreach (var receipt in standing)
        {
            if (!receipt.IsVerified)
            {
                said.Add($"The receipt {receipt.Id} of {receipt.Action} on {string.Join(", ", receipt.Targets.Take(3))} cannot be verified. Compare it with CloudTrail, and put back by hand what is right.");
                continue;
            }

            var request = ActionRequest.Undoing(receipt, ActionCatalogue.Find(receipt.Action)!.Descriptor, isReleased ? "A person released it." : $"The brake ended at {brake.Until:u}.");
            var result = await functions.AskAsync(receipt.Action, request, cancellationToken);
            isDone &= result is ActionResult.Answered { Receipt.Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace or ReceiptStatus.Skipped or ReceiptStatus.NeedsApproval };
            said.Add(result is ActionResult.Answered ? result.Message : $"{receipt.Action} on {string.Join(", ", receipt.Targets.Take(3))} could not be undone yet: {result.Message}");
        }

        if (isDone)
            await services.Cases.ForgetBrakeAsync(record, cancellationToken);
        foreach (var line in said)
            services.Log.Write(isDone ? LogSeverity.Information : LogSeverity.Warning, "brake.released", ("incident", record.Incident.Id), ("message", line));
        return said.ToImmutable();
    }

    private static bool IsOfIdentity(ActionReceipt receipt) => ActionCatalogue.Find(receipt.Action)?.Descriptor.Stage == ResponseStage.ContainIdentity;
}
