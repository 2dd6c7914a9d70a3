using System.Collections.Immutable;
using ResponseKit.Correlation.Blame;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Detections;
using ResponseKit.Policy;

namespace ResponseKit.Correlation;

/// <summary>
/// Judges a case. Pure: time is that of the calls. It makes no difference in which order and how often records came. More signals never make a
/// verdict milder, and no amount of one category of evidence is enough to contain, save a decisive signal that took effect.
/// </summary>
public static class Correlator
{
    /// <summary>Judges by the worst window there is, by what is usual for nobody in particular.</summary>
    public static Verdict Judge(CaseFile file, ResponsePolicy policy) => Judge(file, policy, Baseline.Empty);

    /// <summary>Judges by the worst window there is.</summary>
    /// <param name="file">What is known.</param>
    /// <param name="policy">The thresholds, and what is approved.</param>
    /// <param name="baseline">What is usual for the actors of the case.</param>
    public static Verdict Judge(CaseFile file, ResponsePolicy policy, Baseline baseline)
    {
        var evidence = Evidence.Of(file, policy, baseline);
        return VerdictOf(file, evidence, WindowScan.Of(evidence.Counted, policy.Correlation, UsualMicros(file, baseline)), policy);
    }

    /// <summary>
    /// Judges each body of a case by its own evidence and that of those above it: the worst is the verdict, with the earliest alert of those that call for
    /// the same.
    /// </summary>
    public static Verdict Judge(CaseTree tree, ResponsePolicy policy, Baseline baseline) => Consider(tree, policy, baseline).Verdict;

    /// <summary>The same, without the words.</summary>
    internal static Judgement Consider(CaseTree tree, ResponsePolicy policy, Baseline baseline) =>
        tree.Evidence.Select(file => JudgeBody(file, policy, baseline)).Aggregate((one, other) => one.Worse(other));

    private static Judgement JudgeBody(CaseFile file, ResponsePolicy policy, Baseline baseline)
    {
        var evidence = Evidence.Of(file, policy, baseline);
        var scan = WindowScan.Of(evidence.Counted, policy.Correlation, UsualMicros(file, baseline));
        if (scan.Worst is not { Level: > 0 } worst)
            return new(0, scan.Worst?.Score ?? 0, DateTimeOffset.MinValue, 0, null, () => VerdictOf(file, evidence, scan, policy));
        var until = evidence.Counted[worst.Last].Time;
        var known = file.Observations.Count(observation => observation.Time <= until && observation.Time >= until - Horizon.Longest(policy.Correlation));
        return new(worst.Level, worst.Score, until, known, AlertAt(scan.FirstOfWorst, evidence, policy.Correlation), () => VerdictOf(file, evidence, scan, policy));
    }

    // Of one of them: a thief who enters several roles must not have what is usual for each.
    private static long UsualMicros(CaseFile file, Baseline baseline) =>
        baseline.Actors.IsEmpty ? 0 : file.Actors.Select(actor => baseline.Of(actor.Key).UsualMicros(file.Observations[^1].Time)).DefaultIfEmpty().Max();

    private static Verdict VerdictOf(CaseFile file, Evidence evidence, WindowScan scan, ResponsePolicy policy)
    {
        if (scan.Worst is not { } worst)
        {
            return new Verdict.Ignore(
                0, ImmutableSortedDictionary<SignalCategory, int>.Empty, [], Explainer.OfNothing(file.RootKey, evidence.Allowed));
        }

        var signals = evidence.Counted[worst.First..(worst.Last + 1)];
        var (categories, counted) = (worst.Side.Parts.ToDictionary(), Counted(signals));
        var explanation = Explainer.Of(file.RootKey, worst, signals, evidence.Allowed, policy.Correlation);
        var alert = AlertAt(scan.FirstOfWorst, evidence, policy.Correlation);
        Verdict verdict = worst.Level switch
        {
            Grading.Contain => new Verdict.Contain(worst.Score, categories, counted, explanation),
            Grading.Brake => new Verdict.Brake(worst.Score, categories, counted, explanation),
            Grading.Watch => new Verdict.Watch(worst.Score, categories, counted, explanation),
            _ => new Verdict.Ignore(worst.Score, categories, counted, explanation),
        };
        return verdict with { FirstAlert = alert, UsdPerHour = worst.Recent.UsdPerHour, MostUsdPerHour = worst.MostMicros / 1_000_000m };
    }

    /// <summary>
    /// Whether an observation says nothing against anybody: no signal, and nothing unusual. A case with it is never judged worse than without it, unless
    /// its links bring in what others did.
    /// </summary>
    public static bool SaysNothing(Observation observation, ResponsePolicy policy, Baseline baseline) =>
        observation.Signals.IsEmpty && !NoveltyScan.Find(CaseFile.Empty(observation.Actor.Key).Add(observation), baseline, policy).Any();

    private static Alert? AlertAt(Window? window, Evidence evidence, CorrelationSettings settings)
    {
        if (window is null)
            return null;
        // What an honest owner of the identity did earlier in the hour is not the attacker's beginning; a patient attacker's pauses are long.
        var (pause, first) = (TimeSpan.FromMinutes(window.IsLong ? settings.LongWindowMinutes : settings.RushMinutes), window.Last);
        while (first > window.First && evidence.Counted[first].Time - evidence.Counted[first - 1].Time <= pause)
            first--;
        return new(evidence.Counted[window.Last].EventId, evidence.Counted[window.Last].Time, evidence.Counted[first].Time);
    }

    // A case may hold tens of thousands of signals; a verdict keeps those that counted.
    private static ImmutableArray<Signal> Counted(ImmutableArray<Signal> signals)
    {
        var strongest = signals.GroupBy(signal => signal.DetectionId, StringComparer.Ordinal)
            .SelectMany(group => group
                .OrderByDescending(Tally.IsDecisive)
                .ThenByDescending(signal => signal.Finding.Weight)
                .DistinctBy(signal => new Sameness(signal))
                .Take(group.First().Category == SignalCategory.Novelty ? 1 : Tally.CountedPerDetection))
            .Append(signals[0])
            .ToHashSet();
        return [.. signals.Where(strongest.Contains)];
    }
}
