using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Correlation.Lineage.Changes;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Reports;

/// <summary>The actor's calls, as a report lists them.</summary>
internal static class Acts
{
    private static readonly ImmutableDictionary<string, ImmutableArray<AttackTechnique>> ByDetection =
        DetectionCatalogue.All.ToImmutableDictionary(detection => detection.Descriptor.Id, detection => detection.Descriptor.Techniques, StringComparer.Ordinal);

    /// <summary>One call.</summary>
    public static Act Of(Observation observation)
    {
        var signals = observation.Signals.OrderByDescending(signal => signal.Finding.Weight).ToList();
        return new Act(
            Shown.Time(observation.Time), Shown.Text(TextOf(observation, signals)), signals is [var first, ..] ? Words.Name(first.Category) : "",
            signals is [var any, ..] ? OutcomeOf(any.Outcome) : "took effect", Shown.Text(observation.Actor.Key), Shown.Text(observation.Region),
            Shown.Text(observation.From?.Address), Shown.Text(observation.From?.Agent), Shown.Text(observation.AccessKeyId),
            [.. TechniquesOf(observation).Select(technique => technique.Id)], Shown.Text(observation.EventId));
    }

    /// <summary>The techniques that were seen, by id.</summary>
    public static ImmutableArray<TechniqueUse> Techniques(IEnumerable<Observation> observations) =>
    [
        .. observations.SelectMany(TechniquesOf).GroupBy(technique => technique)
            .Select(same => new TechniqueUse(same.Key.Id, same.Key.Name, same.Key.Version, same.Count()))
            .OrderBy(use => use.Id, StringComparer.Ordinal),
    ];

    private static IEnumerable<AttackTechnique> TechniquesOf(Observation observation) =>
        observation.Signals.SelectMany(signal => ByDetection.GetValueOrDefault(signal.DetectionId, [])).Distinct();

    // What says most comes first. What no detection speaks of has at least made or changed something.
    private static string TextOf(Observation observation, List<Signal> signals)
    {
        var found = signals.Select(signal => signal.Finding.Explanation).Distinct(StringComparer.Ordinal).ToList();
        if (found.Count > 0)
            return string.Join("; ", found);
        var made = observation.Lineage.Select(entry => $"{KindWords.Done(entry.Relation)} the {KindWords.One(entry.Resource.Kind)} {entry.Resource.Name}")
            .Concat(observation.Links.Select(link => $"{Done(link.Kind)} {link.Child}"))
            .Concat(observation.Changes.Select(change => ChangeTable.Find(change.Rule) is { } rule ? $"{rule.Calls[0]}: {rule.What}" : change.Rule))
            .Distinct(StringComparer.Ordinal).ToList();
        return made.Count > 0 ? Shown.Few(made, 3) : "made a call that was kept";
    }

    private static string Done(LinkKind kind) => kind switch
    {
        LinkKind.Opened => "opened the session",
        LinkKind.Renamed => "renamed to or from",
        _ => "made",
    };

    private static string OutcomeOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Succeeded => "took effect",
        CallOutcome.DryRun => "dry run, would have worked",
        CallOutcome.Denied denied => $"refused ({Shown.Text(denied.Code, 80)})",
        CallOutcome.Failed failed => $"failed ({Shown.Text(failed.Code, 80)})",
        _ => "",
    };
}
