using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Policy;

namespace ResponseKit.Correlation;

/// <summary>
/// Judges a case. Pure: time is that of the calls. More observations never make a verdict milder, and no amount of one category of
/// evidence is enough to contain, save a decisive signal that took effect.
/// </summary>
public static class Correlator
{
    /// <summary>Judges by the worst window there is.</summary>
    public static Verdict Judge(CaseFile file, CorrelationSettings settings)
    {
        ImmutableArray<Signal> signals =
        [
            .. file.Signals.OrderBy(signal => signal.Time)
                .ThenBy(signal => signal.EventId, StringComparer.Ordinal)
                .ThenBy(signal => signal.DetectionId, StringComparer.Ordinal),
        ];
        var worst = Worst(signals, settings);
        if (worst is null)
            return new Verdict.Ignore(0, ImmutableSortedDictionary<SignalCategory, int>.Empty, [], "Nothing remarkable was done.");
        var counted = Counted(signals[worst.First..(worst.Last + 1)]);
        var explanation = Explanation.Of(file.RootKey, worst, signals.AsSpan(worst.First, worst.Last + 1 - worst.First), settings);
        return worst.Level switch
        {
            2 => new Verdict.Contain(worst.Score, worst.Categories, counted, explanation),
            1 => new Verdict.Watch(worst.Score, worst.Categories, counted, explanation),
            _ => new Verdict.Ignore(worst.Score, worst.Categories, counted, explanation),
        };
    }

    /// <summary>
    /// How much more evidence weighs when several categories of it came in a rush. Two are what any deployment brings about, and three are
    /// still possible. But a deployment knows what it may do; who looks around and tries out first, and then makes things, is a stranger.
    /// </summary>
    internal static double RushFactor(IReadOnlyCollection<SignalCategory> categories)
    {
        var isStranger = categories.Any(
            category => category is SignalCategory.Recon or SignalCategory.PermissionProbing or SignalCategory.ExternalFinding);
        return (categories.Count, isStranger) switch
        {
            ( <= 2, _) => 1,
            (3, false) => 1.25,
            (_, false) => 1.5,
            (3, true) => 2,
            (_, true) => 2.5,
        };
    }

    private static Window? Worst(ImmutableArray<Signal> signals, CorrelationSettings settings)
    {
        var tally = new Tally(settings);
        var recent = new int[Enum.GetValues<SignalCategory>().Length];
        Window? worst = null;
        for (int last = 0, first = 0, rushFirst = 0; last < signals.Length; last++)
        {
            var end = signals[last].Time;
            tally.Add(signals[last]);
            recent[(int)signals[last].Category]++;
            for (; end - signals[first].Time > TimeSpan.FromMinutes(settings.WindowMinutes); first++)
                tally.Remove(signals[first]);
            for (; end - signals[rushFirst].Time > TimeSpan.FromMinutes(settings.RushMinutes); rushFirst++)
                recent[(int)signals[rushFirst].Category]--;
            // Signals of one moment belong together: judging between them would make the order of equals matter.
            if (last + 1 < signals.Length && signals[last + 1].Time == end)
                continue;
            var rushing = Enum.GetValues<SignalCategory>().Where(category => recent[(int)category] > 0).ToImmutableArray();
            var score = (int)(tally.Score * RushFactor(rushing));
            var level = tally.IsDecided || (tally.HasEffect && score >= settings.ContainAt) ? 2 : score >= settings.WatchAt ? 1 : 0;
            // Of windows that are equally bad the latest tells most.
            if (worst is null || (level, score).CompareTo((worst.Level, worst.Score)) >= 0)
                worst = new(level, score, tally.Categories, rushing, first, last);
        }

        return worst;
    }

    // A case may hold tens of thousands of signals; a verdict keeps those that counted.
    private static ImmutableArray<Signal> Counted(ImmutableArray<Signal> signals)
    {
        var strongest = signals.GroupBy(signal => signal.DetectionId, StringComparer.Ordinal)
            .SelectMany(group => group
                .OrderByDescending(Tally.IsDecisive).ThenByDescending(signal => signal.Finding.Weight).Take(Tally.CountedPerDetection))
            .Append(signals[0])
            .ToHashSet();
        return [.. signals.Where(strongest.Contains)];
    }

    /// <summary>The evidence up to one moment.</summary>
    /// <param name="Level">0 ignore, 1 watch, 2 contain.</param>
    /// <param name="Score">The score, after rush.</param>
    /// <param name="Categories">Each category's part, before rush.</param>
    /// <param name="Rushing">Which categories came in a rush before the moment.</param>
    /// <param name="First">The first signal's place.</param>
    /// <param name="Last">The last signal's place.</param>
    internal sealed record Window(
        int Level, int Score, ImmutableSortedDictionary<SignalCategory, int> Categories, ImmutableArray<SignalCategory> Rushing, int First, int Last);
}
