using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions.Steps;

/// <summary>
/// The last step of each pass of a response: looks whether what was applied holds. It only reads; what does not hold is asked for again by the next pass.
/// When its time runs out, the next look goes on from there. Asked twice for the same look, it answers the same.
/// </summary>
internal sealed class LookFunction(ResponseSteps steps)
{
    /// <summary>Answers <c>{"incident","round","look","broken","quiet","partly","asked","done"}</c>, where <c>look</c> is the number of the next pass.</summary>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var input = StepInput.Read(payload);
        var budget = new TimeBudget(remaining, steps.Services.Time);
        var look = await LookAsync(input, budget, cancellationToken);
        var isAsked = look.Done && await IsAskedAsync(input, look, cancellationToken);
        // News prolongs what has come to rest. What has not in so many looks ends and says so: the next event opens another round.
        var isDone = look.Done && !isAsked && (look.Quiet < steps.Settings.QuietLooks || !await HasNewsAsync(input, cancellationToken));
        steps.Services.Log.Write(
            look.Broken.IsEmpty ? LogSeverity.Information : LogSeverity.Warning, "response.looked", ("incident", input.Incident), ("round", $"{input.Round}"),
            ("look", $"{look.Look}"), ("broken", $"{look.Broken.Length}"), ("quiet", $"{look.Quiet}"), ("partly", look.Next > 0 ? "yes" : "no"),
            ("done", isDone ? "yes" : "no"), ("asked", isAsked ? "yes" : "no"));
        return StepJson.Write(input, look, isAsked, isDone);
    }

    /// <summary>Whether something took effect that no plan of the round knew, so that another pass is due however quiet it is.</summary>
    private async Task<bool> HasNewsAsync(StepInput input, CancellationToken cancellationToken) =>
        await steps.FindAsync(input, cancellationToken) is { } record
        && (await steps.LedgerAsync(record, cancellationToken)).Answered.Misses(record.Incident.Case, record.Begins);

    /// <summary>
    /// Whether a person is still to answer, and the response at rest can wait for it. One that does not come to rest ends and says so: waiting would
    /// let it go on for ever.
    /// </summary>
    private async Task<bool> IsAskedAsync(StepInput input, ResponseLook look, CancellationToken cancellationToken) =>
        look.Quiet >= steps.Settings.QuietLooks
        && (await steps.Services.Approvals.OfAsync(input.Incident, cancellationToken))
            .Any(approval => approval.Round == input.Round && approval.IsPending(steps.Services.Time.GetUtcNow()));

    /// <summary>Tells at once of identities that could not be contained, or whose containment does not hold.</summary>
    private async Task TellUncontainedAsync(IncidentRecord record, ResponseLedger ledger, ResponseLook look, CancellationToken cancellationToken)
    {
        var failed = new List<ActionOutcome>();
        foreach (var action in ledger.Actions.Where(action => action.Stage == ResponseStage.ContainIdentity && action.Request.Mode == ActionMode.Apply))
        {
            var outcome = new ActionOutcome(action.ActionId, action.Request, await steps.ResultOfAsync(action, cancellationToken));
            if (!outcome.IsDone)
                failed.Add(outcome);
            else if (look.Broken.Contains(ResponseLedger.IdOf(action)))
                failed.Add(outcome with { Result = new ActionResult.Refused($"It was contained, and that does not hold any more: {outcome.Result.Message}") });
        }

        if (failed.Count > 0)
            await steps.Services.TellAsync(IncidentNotices.NotContained(record, failed, steps.Services.Policy.Mode), cancellationToken);
    }

    private async Task<ResponseLook> LookAsync(StepInput input, TimeBudget budget, CancellationToken cancellationToken)
    {
        if (await steps.FindAsync(input, cancellationToken) is not { } record)
            // Nobody waits for what was asked in a round that another has superseded.
            return new ResponseLook { Look = input.Look, Broken = [], Next = 0, Quiet = 0, Done = true };
        var ledger = await steps.LedgerAsync(record, cancellationToken);
        if (ledger.LookOf(input.Look) is { } before)
            return before;
        var functions = new InProcessInvoker(steps.Services, budget.ForWork);
        var looker = new ResponseLooker(functions, steps.Settings, new Progress<ResponseEvent>(), steps.ResultOfAsync);
        using var timeOut = new CancellationTokenSource(budget.ForWork, steps.Services.Time);
        var look = await looker.LookAsync(ledger, input.Look, timeOut.Token, cancellationToken);
        await TellUncontainedAsync(record, ledger, look, cancellationToken);
        return await steps.Services.Ledgers.KeepAsync(record.ResponseName, look, cancellationToken);
    }
}
