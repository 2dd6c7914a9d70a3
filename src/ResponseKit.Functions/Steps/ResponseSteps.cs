using System.Collections.Immutable;
using ResponseKit.Aws.Actions;
using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;
using ResponseKit.Text;

namespace ResponseKit.Functions.Steps;

/// <summary>What the steps of a response have in common: they find the incident's round and how far its response is, and know nothing else.</summary>
internal sealed class ResponseSteps(FunctionServices services, RunnerSettings settings)
{
    /// <summary>What every step works with.</summary>
    public FunctionServices Services => services;

    /// <summary>How patient the response is.</summary>
    public RunnerSettings Settings => settings;

    /// <summary>
    /// The incident with that of its case which counts; null when another round has begun, or a person has called it a false alarm or had it undone: then a step
    /// of this round has nothing to say.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such incident, or it cannot be verified.</exception>
    public async Task<IncidentRecord?> FindAsync(StepInput input, CancellationToken cancellationToken)
    {
        var record = await services.Cases.FindAsync(input.Incident, cancellationToken)
            ?? throw new InvalidOperationException($"There is no incident '{Printable.Of(input.Incident)}' in the store. Nothing was done.");
        if (!await services.MayGoByAsync(record.IsVerified, cancellationToken))
        {
            throw new InvalidOperationException(
                $"The incident '{Printable.Of(input.Incident)}' in the store cannot be verified, so its response is broken off. What was done stands. "
                + "The actor's next event begins another one; contain the actor yourself until then.");
        }

        if (record.Round != input.Round)
            return null;
        var dismissed = await services.DismissalsOfAsync(record.Incident, cancellationToken);
        return dismissed.OfRound(record.Round) is null ? record with { Incident = record.Incident with { Case = record.Incident.Case.Without(dismissed.Covers) } } : null;
    }

    /// <summary>How far the response is.</summary>
    public async Task<ResponseLedger> LedgerAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        var entries = await services.Ledgers.OfAsync(record.ResponseName, cancellationToken);
        return new ResponseLedger(settings, entries.Passes, entries.Looks);
    }

    /// <summary>What persons were asked about an incident, and answered.</summary>
    public Task<ImmutableArray<Approval>> ApprovalsAsync(IncidentRecord record, CancellationToken cancellationToken) =>
        services.Approvals.OfAsync(record.Incident.Id, cancellationToken);

    /// <summary>What is to be done by all that is known now, and was allowed.</summary>
    public ResponsePlan Plan(IncidentRecord record, IEnumerable<Approval> approvals) =>
        ResponsePlanner.Plan(record.Incident, ActionCatalogue.All.Select(action => action.Descriptor), services.Policy, ApprovedScope.Of(approvals));

    /// <summary>
    /// What came of a request that was to be applied. Its receipt tells, unless the function keeps it back altogether, or did not get to save one.
    /// </summary>
    public async Task<ActionResult> ResultOfAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        var receipt = await services.Receipts.FindAsync(ResponseLedger.IdOf(action), cancellationToken);
        if (receipt is not null && !await services.MayGoByAsync(receipt.IsVerified, cancellationToken))
            receipt = null;
        if (receipt is { Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace })
            return new ActionResult.Answered(receipt);
        if (ActionCatalogue.Find(action.ActionId) is { } known
            && await new ActionGate(services).HeldBackAsync(known.Descriptor, action.Request, cancellationToken) is { } heldBack)
            return new ActionResult.Answered(heldBack);
        return receipt is null
            ? new ActionResult.Unreachable(
                $"There is no receipt for {string.Join(", ", action.Request.Targets.Take(3))}: the function could not be reached, or refused. Its log tells more.")
            : new ActionResult.Answered(receipt);
    }

    /// <summary>What came of all that was to be applied.</summary>
    public async Task<ImmutableArray<ActionOutcome>> OutcomesAsync(ResponseLedger ledger, CancellationToken cancellationToken)
    {
        ImmutableArray<PlannedAction> applied = [.. ledger.Actions.Where(action => action.Request.Mode == ActionMode.Apply)];
        var results = new ActionResult[applied.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, applied.Length),
            new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancellationToken },
            async (at, token) => results[at] = await ResultOfAsync(applied[at], token));
        return [.. applied.Select((action, at) => new ActionOutcome(action.ActionId, action.Request, results[at]))];
    }
}
