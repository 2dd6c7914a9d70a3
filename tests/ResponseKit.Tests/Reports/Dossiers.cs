using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Reports;

/// <summary>Incidents as a report gets them.</summary>
internal static class Dossiers
{
    public static IncidentDossier Of(CaseFile file, ImmutableArray<ActionReceipt> receipts = default, ImmutableArray<Page> pages = default, ImmutableArray<PlannedAction> plan = default)
    {
        var verdict = Correlator.Judge(file, new ResponsePolicy(), Baseline.Empty);
        var incident = Incident.Open(file, verdict);
        return new IncidentDossier
        {
            Record = new IncidentRecord(incident, 1, At(1)),
            Judged = verdict,
            Plan = new ResponsePlan(incident.Id, plan.IsDefault ? [] : plan, []),
            Report = new ResponseReport { Incident = incident.Id, Actions = [], Held = [], Pages = pages.IsDefault ? [] : pages, CameToRest = true },
            Receipts = receipts.IsDefault ? [] : receipts,
            Approvals = [],
            Mode = "enforce",
            Written = At(60),
        };
    }

    public static ActionReceipt Receipt(string action, ResourceRef target, double minutes, params ImmutableArray<StepReceipt> steps) => new()
    {
        Id = $"receipt-{action}-{minutes}",
        Action = action,
        Mode = ActionMode.Apply,
        Status = ReceiptStatus.Applied,
        Account = target.Account,
        Region = target.Region.Length > 0 ? target.Region : "us-east-1",
        Targets = [target.ToArn()],
        Reason = "incident",
        Started = At(minutes),
        Finished = At(minutes + 1),
        Steps = steps,
        Message = $"{action} on {target.Name}: done with {steps.Length} calls.",
    };

    public static StepReceipt Step(string key, string call, string resource, string? before = null) =>
        new(key, call, resource, $"Do {key}", before is null ? null : JsonNode.Parse(before), new StepOutcome.Applied("request-1"));

    public static PlannedAction Planned(ResponseStage stage, string action, ResourceRef target) => new(
        stage, action,
        new ActionRequest { Mode = ActionMode.Apply, Account = target.Account, Region = "us-east-1", Targets = [target], Reason = "incident" },
        new GuardVerdict.Free());
}
