using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;
using ResponseKit.Response.Stores;

namespace ResponseKit.Reports;

/// <summary>Makes reports.</summary>
public static class IncidentReports
{
    /// <summary>All that is known now of an incident.</summary>
    public static IncidentReport Of(IncidentDossier dossier)
    {
        var incident = dossier.Record.Incident;
        var acts = ActsOf(dossier.Record);
        var inIncident = new CaseFile(incident.Case.RootKey, acts);
        ImmutableArray<ActionReceipt> receipts = [.. dossier.Receipts.OrderBy(receipt => receipt.Started).ThenBy(receipt => receipt.Id, StringComparer.Ordinal)];
        return new IncidentReport
        {
            Incident = Shown.Text(incident.Id),
            Round = dossier.Record.Round,
            Actor = Shown.Text(incident.Root.Key),
            Written = Shown.Time(dossier.Written),
            State = Summaries.State(dossier),
            NeedsSomebody = dossier.Error is not null || dossier.Report.NeedsSomebody,
            Summary = Summaries.Of(dossier, acts),
            Left = LeftOf(dossier),
            Asked = [.. dossier.Approvals.Select(approval => Shown.Text($"Round {approval.Round}, {Shown.Count(approval.Items.Length, "request")}, asked at {Shown.Time(approval.Asked)}. {approval.Standing(dossier.Written)}"))],
            TimeLine = TimeLine.Of(acts, dossier),
            Lineage = LineageGraph.Of(inIncident),
            Explanation = [.. dossier.Judged.Explanation.ToString().Split('\n').Select(line => Shown.Text(line))],
            Resources = Actions.Resources(inIncident, receipts),
            Indicators = Indicators.Of(acts),
            Techniques = Acts.Techniques(acts),
            Acts = [.. acts.Select(Acts.Of)],
            Actions = [.. receipts.Select(Actions.Of)],
        };
    }

    // Of what only tried and looked, a case keeps what weighs most; by what it was opened, the incident tells.
    private static ImmutableArray<Observation> ActsOf(IncidentRecord record)
    {
        var kept = record.Incident.Case.Observations;
        var known = kept.Select(act => act.EventId).ToHashSet(StringComparer.Ordinal);
        var counted = record.Incident.Verdict.Signals.Where(signal => !known.Contains(signal.EventId)).GroupBy(signal => signal.EventId, StringComparer.Ordinal)
            .Select(same => new Observation(same.Key, same.First().Time, same.First().Actor, null, same.First().Region, [.. same], [], []));
        return [.. kept.Concat(counted).Where(act => act.Time >= record.Begins).OrderBy(act => act.Time).ThenBy(act => act.EventId, StringComparer.Ordinal)];
    }

    private static ImmutableArray<LeftOver> LeftOf(IncidentDossier dossier) =>
    [
        .. dossier.Error is { } error ? [new LeftOver(Shown.Text($"The response was broken off: {error}"), [])] : ImmutableArray<LeftOver>.Empty,
        .. dossier.Report.Left.Select(left => new LeftOver(Shown.Text(left), [])),
        .. dossier.Report.Held.Select(held => new LeftOver(Shown.Text($"Held: {held.ActionId} on {Shown.Few([.. held.Request.Targets.Select(target => target.ToFullArn())])}: {ReasonOf(held.Guard)}"), [])),
        .. dossier.Report.Pages.Select(page => new LeftOver(Shown.Text(page.Sentence, 2_000), [.. page.Commands.Select(command => Shown.Text(command, 4_000))])),
    ];

    private static string ReasonOf(GuardVerdict guard) => guard switch
    {
        GuardVerdict.Held held => held.Reason,
        GuardVerdict.NeedsApproval asked => asked.Reason,
        _ => "nothing is against it",
    };
}
