using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>
/// The evidence within a window that slides over the signals. Of each detection the strongest signal counts in full, the second half, the
/// third a third, up to eight: a repetition is evidence too, but less. The very same thing tried again is none. Of what is unusual, and of
/// patterns, only the strongest signal counts: they say by themselves how much there was.
/// </summary>
internal sealed class Tally(CorrelationSettings settings)
{
    /// <summary>How many signals of one detection count at all.</summary>
    public const int CountedPerDetection = 8;

    private const int CostlyFrom = 20;
    private const int GraveFrom = 50;

    // Divisible by 1 to 8: sums of halves and thirds stay exact, so that the order of adding makes no difference.
    private const int Unit = 840;

    private static readonly SignalCategory[] AllCategories = Enum.GetValues<SignalCategory>();

    private readonly Dictionary<(SignalCategory Category, string Detection), SortedDictionary<int, int>> weights = [];
    private readonly Dictionary<Sameness, int> same = [];
    private readonly long[] sums = new long[AllCategories.Length];
    private readonly int[] caps = [.. AllCategories.Select(category => settings.Caps.GetValueOrDefault(category))];
    private int acts;
    private int decisive;
    private int costly;
    private int grave;

    /// <summary>Whether more was done than looking around and trying out. See <see cref="IsAct"/>.</summary>
    public bool HasActs => acts > 0;

    /// <summary>Whether one signal alone is reason enough.</summary>
    public bool IsDecided => decisive > 0;

    /// <summary>Whether one signal alone is worth watching: a trail stopped, a detector deleted, a quarantine taken off.</summary>
    public bool HasGrave => grave > 0;

    /// <summary>Whether compute was made, or nearly made, that costs money: accelerated, very large, very many.</summary>
    public bool HasCostly => costly > 0;

    /// <summary>Each category's part, after its cap.</summary>
    public Parts Parts => new([.. AllCategories.Select(PartOf)]);

    /// <summary>What each detection adds to its category, before the cap.</summary>
    public ImmutableDictionary<string, int> Points =>
        weights.ToImmutableDictionary(pair => pair.Key.Detection, pair => (int)(SumOf(pair.Value, pair.Key.Category) / Unit), StringComparer.Ordinal);

    public void Add(Signal signal) => Count(signal, 1);

    public void Remove(Signal signal) => Count(signal, -1);

    public static bool IsDecisive(Signal signal) => signal.Finding.Decisive && signal.Outcome.TookEffect;

    /// <summary>
    /// Whether a signal shows somebody acting: a call that took effect, or a costly one that only a quota or the account's state held up.
    /// Looking around, trying out and being refused harm nobody, unless the refusals make a pattern of their own.
    /// </summary>
    public static bool IsAct(Signal signal) => signal.Category switch
    {
        SignalCategory.Recon => false,
        SignalCategory.Novelty =>
            signal.DetectionId.StartsWith(Patterns.PatternScan.Prefix, StringComparison.Ordinal) && signal.Outcome is CallOutcome.Denied or CallOutcome.Failed,
        SignalCategory.Provisioning => signal.Outcome is CallOutcome.Succeeded or CallOutcome.Failed,
        _ => signal.Outcome.TookEffect,
    };

    private int PartOf(SignalCategory category) => (int)Math.Min(caps[(int)category], sums[(int)category] / Unit);

    private void Count(Signal signal, int by)
    {
        acts += IsAct(signal) ? by : 0;
        decisive += IsDecisive(signal) ? by : 0;
        grave += signal.Finding.Weight >= GraveFrom && signal.Outcome.TookEffect ? by : 0;
        costly += signal is { Category: SignalCategory.Provisioning, Finding.Weight: >= CostlyFrom } && IsAct(signal) ? by : 0;
        var key = new Sameness(signal);
        var there = same.GetValueOrDefault(key) + by;
        if (there == 0)
            same.Remove(key);
        else
            same[key] = there;
        if ((by > 0 && there == 1) || (by < 0 && there == 0))
            Weigh(signal, by);
    }

    private void Weigh(Signal signal, int by)
    {
        var key = (signal.Category, signal.DetectionId);
        if (!weights.TryGetValue(key, out var counts))
            weights[key] = counts = new(Comparer<int>.Create((one, other) => other.CompareTo(one)));
        sums[(int)signal.Category] -= SumOf(counts, signal.Category);
        var weight = Math.Max(0, signal.Finding.Weight);
        counts[weight] = counts.GetValueOrDefault(weight) + by;
        if (counts[weight] == 0)
            counts.Remove(weight);
        sums[(int)signal.Category] += SumOf(counts, signal.Category);
    }

    private static long SumOf(SortedDictionary<int, int> counts, SignalCategory category)
    {
        var most = category == SignalCategory.Novelty ? 1 : CountedPerDetection;
        var (sum, place) = (0L, 1);
        foreach (var (weight, count) in counts)
        {
            for (var left = count; left > 0 && place <= most; left--)
                sum += (long)weight * (Unit / place++);
            if (place > most)
                break;
        }

        return sum;
    }
}
