using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions.Steps;

/// <summary>Reads together all that is known now of an incident: by what is kept, and judged anew, since a case goes on after its opening.</summary>
/// <param name="services">Where it is kept.</param>
/// <param name="settings">How patient responses are.</param>
public sealed class DossierReader(FunctionServices services, RunnerSettings settings)
{
    /// <summary>All that is known of an incident, for a report; null when there is no such incident.</summary>
    public async Task<IncidentDossier?> FindAsync(string incident, CancellationToken cancellationToken) =>
        await services.Cases.FindAsync(incident, cancellationToken) is { } record
            ? await OfAsync(record, await ReportAsync(record, cancellationToken), error: null, cancellationToken)
            : null;

    /// <summary>All that is known of a round whose response has ended.</summary>
    /// <param name="record">The incident in that round.</param>
    /// <param name="report">How the response went.</param>
    /// <param name="error">What broke it off; null when it came to its end.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IncidentDossier> OfAsync(IncidentRecord record, ResponseReport report, string? error, CancellationToken cancellationToken)
    {
        var approvals = await services.Approvals.OfAsync(record.Incident.Id, cancellationToken);
        var receipts = await services.Receipts.OfIncidentAsync(record.Incident.Id, cancellationToken);
        // What an action ended on its way needs nobody any more.
        var plan = ResponsePlanner.Plan(
            record.Incident, ActionCatalogue.All.Select(action => action.Descriptor), services.Policy, ApprovedScope.Of(approvals), record.Plans, EndedParts.Of(receipts));
        return new IncidentDossier
        {
            Record = record,
            Judged = Correlator.Judge(record.Incident.Case, services.Policy, await services.BaselineOfAsync(record.Incident.Case, Baseline.Empty, cancellationToken)),
            Plan = plan,
            Report = report with { Pages = plan.Pages },
            Receipts = receipts,
            Approvals = approvals,
            Mode = services.Policy.Mode.ToString().ToLowerInvariant(),
            Written = services.Time.GetUtcNow(),
            Error = error,
        };
    }

    /// <summary>How the response of a round has gone so far.</summary>
    internal async Task<ResponseReport> ReportAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        var steps = new ResponseSteps(services, settings);
        var ledger = await steps.LedgerAsync(record, cancellationToken);
        var approvals = await services.Approvals.OfAsync(record.Incident.Id, cancellationToken);
        var plan = steps.Plan(record, approvals);
        var now = services.Time.GetUtcNow();
        return new ResponseReport
        {
            Incident = record.Incident.Id,
            Actions = await steps.OutcomesAsync(ledger, cancellationToken),
            Held = [.. plan.Actions.Where(action => action.Guard is not GuardVerdict.Free)],
            Pages = plan.Pages,
            CameToRest = ledger.CameToRest,
            Approvals = [.. approvals.Where(approval => approval.Round == record.Round).Select(approval => approval.Standing(now))],
        };
    }
}
