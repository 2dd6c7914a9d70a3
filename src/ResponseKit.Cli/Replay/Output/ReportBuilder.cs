using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Replay;
using ResponseKit.Response;

namespace ResponseKit.Cli.Replay.Output;

/// <summary>Makes the report of what replaying found.</summary>
internal static class ReportBuilder
{
    private static readonly ImmutableArray<ActionDescriptor> Actions = [.. ActionCatalogue.All.Select(action => action.Descriptor)];

    public static ReplayReport Report(ReplayResult result) => new(
        result.Options.Paths, result.Read.Files, result.Read.Bytes, result.Read.Records, result.Late, result.Reads, result.NotDelivered, Math.Round(result.Seconds, 3), Skipped(result),
        [.. result.Incidents.Select(incident => Incident(incident, result.Options.Policy))],
        result.WhatIf is not { } incidents
            ? null
            : new(result.Options.WhatIf!.Changes, [.. incidents.Select(incident => Incident(incident, result.Options.WhatIf.Policy))]));

    public static IEnumerable<ReportLine> Lines(ReplayResult result) =>
    [
        .. result.Incidents.Select(incident => new ReportLine(Incident(incident, result.Options.Policy))),
        .. (result.WhatIf ?? []).Select(incident => new ReportLine(WhatIf: Incident(incident, result.Options.WhatIf!.Policy))),
        new ReportLine(Summary: new(
            result.Options.Paths, result.Read.Files, result.Read.Bytes, result.Read.Records, result.Late, result.Reads, result.NotDelivered, Math.Round(result.Seconds, 3), Skipped(result),
            result.Incidents.Length)),
    ];

    /// <summary>The incident's explanation, with what a response would do first.</summary>
    public static Explanation Explained(ReplayedCase incident, ResponsePolicy policy) => Explained(incident, Plan(incident, policy));

    private static Explanation Explained(ReplayedCase incident, ResponsePlan plan) => incident.Verdict.Explanation.With(plan, Actions);

    // What is only watched calls for no action.
    private static ResponsePlan Plan(ReplayedCase incident, ResponsePolicy policy) => incident.Verdict is Correlation.Verdict.Contain
        ? ResponsePlanner.Plan(incident.Incident, Actions, policy)
        : new(incident.Incident.Id, [], []);

    private static ImmutableArray<SkippedEntry> Skipped(ReplayResult result) => [.. result.Skipped.Select(skipped => new SkippedEntry(skipped.File, skipped.Reason))];

    private static IncidentEntry Incident(ReplayedCase incident, ResponsePolicy policy)
    {
        var plan = Plan(incident, policy);
        var alert = incident.FirstAlert;
        return new(
            incident.Incident.Id, ActorName.Of(incident.Incident.Root), incident.Incident.Account, incident.Verdict.Name, incident.Verdict.Score, alert.Begins,
            new(alert.EventId, alert.Time, incident.RecordIndex, Math.Round(incident.After.TotalSeconds, 3)), incident.Records,
            [.. incident.Actors.Select(ActorName.Of)],
            incident.Verdict.Categories.ToDictionary(part => Name(part.Key), part => part.Value, StringComparer.Ordinal),
            [.. incident.Verdict.Signals.Select(Signal)],
            [.. plan.Actions.Select(Action)],
            [.. plan.Pages.Select(page => new PageEntry(page.Subject, page.Reason, page.ToLever()))],
            Explained(incident, plan))
        {
            UsdPerHour = Math.Round(incident.Verdict.UsdPerHour, 2),
        };
    }

    private static SignalEntry Signal(Signal signal) => new(
        signal.DetectionId, Name(signal.Category), signal.EventId, signal.Time, ActorName.Of(signal.Actor), signal.Region, Outcome(signal.Outcome),
        signal.Finding.Weight, signal.Finding.Explanation, signal.Finding.Facts);

    private static ActionEntry Action(PlannedAction action) => new(
        action.Stage.Id, action.ActionId, action.Request.Mode == ActionMode.Apply ? "apply" : "plan", action.Request.Account,
        action.Request.Region, [.. action.Request.Targets.Select(target => target.ToFullArn())],
        action.Guard switch
        {
            GuardVerdict.Held => "held",
            GuardVerdict.NeedsApproval => "needs-approval",
            _ => "free",
        },
        action.Guard switch
        {
            GuardVerdict.Held held => held.Reason,
            GuardVerdict.NeedsApproval waiting => waiting.Reason,
            _ => null,
        });

    private static string Outcome(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Succeeded => "succeeded",
        CallOutcome.DryRun => "dry-run",
        CallOutcome.Denied denied => denied.Code,
        CallOutcome.Failed failed => failed.Code,
        _ => "unknown",
    };

    // The names are those of the policy file's caps and of the catalogue.
    private static string Name(SignalCategory category) => JsonNamingPolicy.KebabCaseLower.ConvertName(category.ToString());
}
