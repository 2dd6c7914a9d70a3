using System.Collections.Immutable;
using ResponseKit.Aws.Actions;
using ResponseKit.Deployment;
using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>
/// Gives back what the response to an incident took, newest first, each by its receipt and through the code of its action; or calls the incident a false alarm.
/// Either way what has been known of the incident counts no more, and what comes afterwards does. Asked again, it goes on where it stopped.
/// </summary>
internal sealed class UndoFunction(FunctionServices services)
{
    private const string NothingChanged = "Nothing was changed.";

    /// <summary>Answers <c>{"incident","mode","message","undone":[…],"left":[…],"failed":[…],"more"}</c>, or <c>{"error","fields"}</c>.</summary>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var budget = new TimeBudget(remaining, services.Time);
        switch (UndoInput.Parse(payload))
        {
            case UndoInput.Valid(var request):
                return await CarryOutAsync(request, budget, cancellationToken);
            case UndoInput.Invalid(var errors):
                services.Log.Write(LogSeverity.Warning, "undo.malformed", ("fields", string.Join(' ', errors.Select(error => $"{error.Field}: {error.Problem}"))));
                return Refusal.Write($"This cannot be taken for a request to undo. {NothingChanged} Correct the fields named and send it again.", errors);
            default:
                throw new InvalidOperationException("Not an input.");
        }
    }

    private async Task<byte[]> CarryOutAsync(UndoRequest request, TimeBudget budget, CancellationToken cancellationToken)
    {
        if (await services.Cases.FindAsync(request.Incident, cancellationToken) is not { } record)
            return Refuse(request, $"There is no incident '{request.Incident}'. 'responsekit list' shows those that there are.");
        var receipts = await services.Receipts.OfIncidentAsync(request.Incident, cancellationToken);
        var plan = UndoPlan.Of(receipts, request, record.Incident);
        if (request.Mode == UndoMode.Plan)
            return UndoJson.Planned(request, plan);
        if (await services.Control.KillSwitchAsync(cancellationToken) is { } killSwitch)
            return Refuse(request, $"The {LogWords.KillSwitch} {killSwitch.Since:u}, set by {killSwitch.By}. {NothingChanged} Take it away (responsekit control resume) and send the same request again.");
        var (who, refusal) = await WhoAsync(request, record, cancellationToken);
        if (refusal is not null)
            return Refuse(request, refusal);
        if (request.Only.IsEmpty)
            await EndAsync(request, record, who!, cancellationToken);
        if (request.Mode == UndoMode.Dismiss)
        {
            await services.TellAsync(UndoNotices.Dismissed(request, record, who!, plan), cancellationToken);
            return UndoJson.Dismissed(request, plan, who!);
        }

        // What counts no more is noted already, event by event. Of single receipts, each action notes it by time.
        var working = request.Only.IsEmpty ? services with { Dismissals = new MemoryDismissalStore() } : services;
        var (results, more) = await RevertAsync(plan, working, budget, cancellationToken);
        services.Log.Write(
            LogSeverity.Warning, "undo.done", ("incident", request.Incident), ("by", who!), ("reason", request.Reason), ("undone", $"{results.Count(one => one.Problem is null)}"),
            ("failed", $"{results.Count(one => one.Problem is not null)}"), ("more", more ? "yes" : "no"));
        await services.TellAsync(UndoNotices.Undone(request, record, who!, results, plan, more, services.Time.GetUtcNow()), cancellationToken);
        return UndoJson.Undone(request, plan, results, more);
    }

    /// <summary>Who asks: proven where the deployment names approvers, since what counts no more hides what an actor did.</summary>
    private async Task<(string? Who, string? Refusal)> WhoAsync(UndoRequest request, IncidentRecord record, CancellationToken cancellationToken)
    {
        if (await services.SealProblemAsync(cancellationToken) is { } problem)
            return (null, $"{problem} Until it can be, nothing that is kept can be verified, so nothing is given back by it. {NothingChanged}");
        if (!record.IsVerified)
            return (null, $"Incident {request.Incident} cannot be verified, so nothing is given back by it. {NothingChanged} Compare it with CloudTrail, and use the action functions.");
        if (request.Proof is null)
        {
            return services.Policy.Guards.Approvers.IsEmpty || services.Policy.Guards.UnprovenApprovals
                ? (request.By, null)
                : (null, $"Nothing proves who asks. {NothingChanged} Use 'responsekit undo' or 'responsekit dismiss', which sign; mode plan needs no signature.");
        }

        var answer = AnswerText.Of(services.Deployment, request.Incident, record.Round, request.Mode, request.Reason);
        var (proven, refusal) = await new Proving(services).WhoAsync(request.Proof, answer, record.Incident, cancellationToken);
        return (proven, refusal is null ? null : $"{refusal} {NothingChanged}");
    }

    // First, and then the round's end: a step that begins in between finds the one or the other, and does nothing again of what is given back here.
    private async Task EndAsync(UndoRequest request, IncidentRecord record, string who, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        var said = await services.DismissalsOfAsync(record.Incident, cancellationToken);
        var kind = request.Mode == UndoMode.Dismiss ? DismissalKind.FalseAlarm : DismissalKind.GivenBack;
        // Asked again to go on, nothing that came meanwhile is let through with it.
        if (said.OfRound(record.Round) is null || (kind == DismissalKind.FalseAlarm && said.All.All(one => one.Kind != kind || one.Round < record.Round)))
        {
            await services.Dismissals.KeepAsync(
                new()
                {
                    Incident = request.Incident,
                    Round = record.Round,
                    Kind = kind,
                    By = who,
                    Reason = request.Reason,
                    At = now,
                    Before = record.Begins < now ? record.Begins : now,
                    Events = new AnsweredEvents([]).Add(record.Incident.Case.Observations.Select(observation => observation.EventId)),
                },
                cancellationToken);
        }

        if (record.IsOpen)
            await services.Cases.MarkEndedAsync(record, now, cancellationToken);
        services.Log.Write(LogSeverity.Warning, "incident.dismissed", ("incident", request.Incident), ("round", $"{record.Round}"), ("kind", kind.ToString()), ("by", who), ("reason", request.Reason));
    }

    private static async Task<(ImmutableArray<UndoResult> Results, bool More)> RevertAsync(
        UndoPlan plan, FunctionServices working, TimeBudget budget, CancellationToken cancellationToken)
    {
        var results = ImmutableArray.CreateBuilder<UndoResult>();
        foreach (var receipt in plan.Due)
        {
            if (budget.ForWork == TimeSpan.Zero)
                return (results.ToImmutable(), true);
            var request = ActionRequest.Undoing(receipt, ActionCatalogue.Find(receipt.Action)!.Descriptor, "Undo of " + receipt.Id);
            var result = await new InProcessInvoker(working, budget.ForWork).AskAsync(receipt.Action, request, cancellationToken);
            if (result is ActionResult.Answered { Receipt.Status: ReceiptStatus.Incomplete })
                return (results.ToImmutable(), true);
            var isDone = result is ActionResult.Answered { Receipt.Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace };
            results.Add(new(receipt, isDone ? null : result.Message));
        }

        return (results.ToImmutable(), false);
    }

    private byte[] Refuse(UndoRequest request, string error)
    {
        services.Log.Write(LogSeverity.Warning, "undo.refused", ("incident", request.Incident), ("mode", request.Mode.ToString()), ("by", request.By), ("error", error));
        return Refusal.Write(error, []);
    }
}

/// <summary>What came of giving one receipt back.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Problem">Why it was not, or not wholly, given back; null when it was.</param>
internal sealed record UndoResult(ActionReceipt Receipt, string? Problem);
