using System.Collections.Immutable;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Correlation.Patterns;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Correlation;

/// <summary>The signals of a case: those that count, with what is unusual and what they mean together, and those that do not count, and why.</summary>
/// <param name="Counted">In the order of time.</param>
/// <param name="Allowed">In the order of time; each says why it does not count.</param>
internal sealed record Evidence(ImmutableArray<Signal> Counted, ImmutableArray<Signal> Allowed)
{
    /// <summary>Gathers the evidence of a case.</summary>
    public static Evidence Of(CaseFile file, ResponsePolicy policy, Baseline baseline)
    {
        var signals = Pricing.Of(Ordered(WithoutOwnWork(file)));
        var counted = AsUsual(signals.RemoveAll(signal => signal.Finding.Allowed is not null), file, baseline);
        var patterns = PatternScan.Find(counted, policy.Correlation, signal => IsUsualRegion(signal, policy, baseline));
        return new(
            Ordered(counted.AddRange(NoveltyScan.Find(file, baseline, policy)).AddRange(patterns)),
            signals.RemoveAll(signal => signal.Finding.Allowed is null));
    }

    /// <summary>
    /// What a settled actor does in all respects as before weighs half: of making things, for daily work is made of it. Grave acts, trying out and what others
    /// found weigh as ever.
    /// </summary>
    private static ImmutableArray<Signal> AsUsual(ImmutableArray<Signal> signals, CaseFile file, Baseline baseline)
    {
        if (baseline.Actors.IsEmpty)
            return signals;
        var usual = file.Observations.Where(observation => IsUsual(observation, baseline.Of(observation.Actor.Key))).Select(observation => observation.EventId).ToHashSet(StringComparer.Ordinal);
        return usual.Count == 0 ? signals
            : [.. signals.Select(signal => usual.Contains(signal.EventId) && signal.Category is SignalCategory.Provisioning or SignalCategory.Persistence
                && signal is { IsGrave: false, Finding: { Decisive: false, Damage: null } }
                ? signal with { Finding = signal.Finding with { Weight = signal.Finding.Weight / 2 } }
                : signal)];
    }

    private static bool IsUsual(Observation observation, ActorHistory history) =>
        !observation.Traits.IsEmpty && history.SettledAt(observation.Time) >= 1 && observation.Traits.All(trait => trait.Kind == TraitKind.Hour || history.Knows(trait, observation.Time));

    // Mostly they are in order already, as the observations are.
    private static ImmutableArray<Signal> Ordered(ImmutableArray<Signal> signals)
    {
        for (var at = 1; at < signals.Length; at++)
        {
            if (IsBefore(signals[at], signals[at - 1]))
            {
                return
                [
                    .. signals.OrderBy(signal => signal.Time).ThenBy(signal => signal.EventId, StringComparer.Ordinal)
                        .ThenBy(signal => signal.DetectionId, StringComparer.Ordinal),
                ];
            }
        }

        return signals;
    }

    private static bool IsBefore(Signal one, Signal other) => one.Time != other.Time ? one.Time < other.Time
        : string.CompareOrdinal(one.EventId, other.EventId) is not 0 and var order ? order < 0
        : string.CompareOrdinal(one.DetectionId, other.DetectionId) < 0;

    private static ImmutableArray<Signal> WithoutOwnWork(CaseFile file)
    {
        var signals = file.Signals;
        if (!signals.Any(signal => signal.Finding.Removes is not null))
            return signals;
        var made = MadeIn(file);
        return [.. signals.Select(signal => WithOwnWork(signal, made))];
    }

    private static Dictionary<ResourceRef, DateTimeOffset> MadeIn(CaseFile file) => file.Observations
        .SelectMany(observation => observation.Lineage)
        .Where(entry => entry.Relation == LineageRelation.Created)
        .GroupBy(entry => entry.Resource)
        .ToDictionary(made => made.Key, made => made.Min(entry => entry.Time));

    // Who takes down the trail that he has put up himself hides nothing that was there before: tests and deployments do so.
    private static Signal WithOwnWork(Signal signal, Dictionary<ResourceRef, DateTimeOffset> made) =>
        signal.Finding is { Removes: { } resource, Allowed: null } && made.TryGetValue(resource, out var since) && since <= signal.Time
            ? signal with { Finding = signal.Finding with { Allowed = "the same actor had made it" } }
            : signal;

    private static bool IsUsualRegion(Signal signal, ResponsePolicy policy, Baseline baseline) =>
        policy.Detections.ApprovedRegions.Contains(signal.Region)
        || baseline.Of(signal.Actor.Key).Knows(new(TraitKind.Region, signal.Region), signal.Time);
}
