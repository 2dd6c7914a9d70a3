using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Detections.Costs;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;

namespace ResponseKit.Reports;

/// <summary>What a manager asks first, answered from what is known.</summary>
internal static class Summaries
{
    /// <summary>The answers, in the order of the questions.</summary>
    public static ImmutableArray<Answer> Of(IncidentDossier dossier, ImmutableArray<Observation> acts)
    {
        var incident = dossier.Record.Incident;
        return
        [
            new("Who", Shown.Text($"{incident.Root.Key} in account {incident.Account}{Others(incident.Case)}")),
            new("When", When(incident, acts)),
            new("How they got in", HowTheyGotIn(incident, acts)),
            new("What was decided", $"{Decided(incident.Verdict)}, by {Shown.Count(incident.Verdict.Score, "point")} of evidence. Mode {dossier.Mode}, round {dossier.Record.Round}."),
            new("How fast", HowFast(dossier)),
            new("What it costs", Costs(dossier.Judged)),
            new("What was done", Done(dossier)),
            new("What is left", Left(dossier)),
            new("To undo it", Undo(dossier)),
        ];
    }

    /// <summary>How the response stands.</summary>
    public static string State(IncidentDossier dossier) => dossier switch
    {
        { Error: not null } => "The response was broken off",
        { Report.NeedsSomebody: true } => "Needs a person",
        _ when !dossier.Receipts.Any(receipt => receipt.HasChanged) => "Nothing was changed",
        _ => "The response has ended",
    };

    private static string Others(CaseFile file) => file.Actors.Length > 1 ? $", and {Shown.Count(file.Actors.Length - 1, "identity that it made, opened or entered", "identities that it made, opened or entered")}" : "";

    private static string When(Incident incident, ImmutableArray<Observation> acts) => acts is [var first, .., var last]
        ? $"The first call that counted was at {Shown.Time(incident.Opened)}. Of {Shown.Count(acts.Length, "known call")} the first was at {Shown.Time(first.Time)}, the last at {Shown.Time(last.Time)} (UTC), "
            + $"in {Shown.Few([.. acts.Select(act => act.Region).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])}."
        : $"The first call that counted was at {Shown.Time(incident.Opened)} (UTC).";

    private static string HowTheyGotIn(Incident incident, ImmutableArray<Observation> acts)
    {
        var own = acts.Where(act => act.Actor.Key == incident.Root.Key).ToList();
        if (own.Count == 0)
            return "No call of the identity itself is known.";
        var keys = own.Select(act => act.AccessKeyId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var sources = own.Select(act => act.From).OfType<CallSource>().Distinct().ToList();
        var with = keys.Count > 0 ? $"with {(keys.Count == 1 ? "access key" : "access keys")} {Shown.Few(keys, 3)}" : "with credentials that were not recorded";
        var from = sources.Count > 0
            ? $" from {Shown.Few([.. sources.Select(source => source.Address).Distinct(StringComparer.Ordinal)], 3)}{Programs(sources)}"
            : "";
        return Shown.Text($"They called {with}{from}. How they came by {(incident.Root is Actor.Role ? "the session" : "the credential")}, records of calls do not tell.");
    }

    private static string Programs(List<CallSource> sources) =>
        sources.Select(source => source.Agent).Where(agent => agent.Length > 0).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } programs ? $" ({Shown.Few(programs, 3)})" : "";

    private static string Decided(Verdict verdict) => verdict switch
    {
        Verdict.Contain => "To contain it",
        Verdict.Brake => "To brake it and ask a person",
        Verdict.Watch => "To watch it",
        _ => "To ignore it",
    };

    private static string HowFast(IncidentDossier dossier)
    {
        var stages = dossier.Plan.Actions.Where(action => action.Stage == ResponseStage.ContainIdentity).Select(action => action.ActionId).ToHashSet(StringComparer.Ordinal);
        var contained = dossier.Receipts.Where(receipt => receipt.HasChanged && stages.Contains(receipt.Action)).OrderBy(receipt => receipt.Started).FirstOrDefault();
        if (contained is null)
            return "No identity was contained.";
        var opened = dossier.Record.Incident.Opened;
        return contained.Started >= opened
            ? $"{contained.Action} began {Shown.Span(contained.Started - opened)} after the first call that counted, at {Shown.Time(contained.Started)}."
            : $"{contained.Action} had begun at {Shown.Time(contained.Started)}, before the first call that counted.";
    }

    private static string Costs(Verdict verdict) => verdict.UsdPerHour <= 0
        ? "Nothing is known to run that is paid for by the hour."
        : $"What was made costs {Dollars.AnHour(verdict.UsdPerHour)} for as long as it runs, at list prices and beyond what is usual for the identity; good to a factor of two."
            + (verdict.MostUsdPerHour > verdict.UsdPerHour ? $" By itself it may grow to {Dollars.AnHour(verdict.MostUsdPerHour)}." : "");

    private static string Done(IncidentDossier dossier)
    {
        var changed = dossier.Receipts.Count(receipt => receipt.HasChanged && receipt.Reverted is null);
        var undone = dossier.Receipts.Count(receipt => receipt.Reverted is not null);
        if (changed + undone == 0)
            return "Nothing was changed.";
        return $"{Shown.Count(changed, "action")} changed something that stands{(undone > 0 ? $", and {Shown.Count(undone, "was", "were")} undone" : "")}. "
            + (dossier.Report.CameToRest ? "All of it was seen to hold." : "It was not seen to hold.");
    }

    private static string Left(IncidentDossier dossier)
    {
        var report = dossier.Report;
        ImmutableArray<string> left =
        [
            .. report.Pages.IsEmpty ? ImmutableArray<string>.Empty : [Shown.Count(report.Pages.Length, "thing for a person to do", "things for a person to do")],
            .. report.Left.IsEmpty ? ImmutableArray<string>.Empty : [$"{Shown.Count(report.Left.Length, "action")} that did not end well"],
            .. report.Held.IsEmpty ? ImmutableArray<string>.Empty : [$"{Shown.Count(report.Held.Length, "action")} held back"],
            .. report.CameToRest ? ImmutableArray<string>.Empty : ["what may go on, since it did not come to rest"],
        ];
        return left.IsEmpty ? "Nothing that ResponseKit knows of." : $"{string.Join("; ", left)}. See \"Left to you\".";
    }

    private static string Undo(IncidentDossier dossier) => dossier.Receipts.Any(receipt => receipt.HasChanged && receipt.Reverted is null)
        ? $"responsekit undo {dossier.Record.Incident.Id} --plan shows what can be given back, and what not and why; without --plan it is done. A false alarm: responsekit dismiss {dossier.Record.Incident.Id} --reason '…'."
        : "There is nothing to undo.";
}
