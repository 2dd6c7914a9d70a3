using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Policy;

namespace ResponseKit.Correlation;

/// <summary>
/// The evidence within a window that slides over the signals. Of each detection the strongest signal counts in full, the second half, the
/// third a third, up to eight: a repetition is evidence too, but less.
/// </summary>
internal sealed class Tally(CorrelationSettings settings)
{
    /// <summary>How many signals of one detection count at all.</summary>
    public const int CountedPerDetection = 8;

    private readonly Dictionary<(SignalCategory Category, string Detection), SortedDictionary<int, int>> weights = [];
    private int effective;
    private int decisive;

    /// <summary>Whether something took effect. Looking around, trying out and being refused harm nobody.</summary>
    public bool HasEffect => effective > 0;

    /// <summary>Whether one signal alone is reason enough.</summary>
    public bool IsDecided => decisive > 0;

    public void Add(Signal signal) => Count(signal, 1);

    public void Remove(Signal signal) => Count(signal, -1);

    /// <summary>Each category's part, after its cap.</summary>
    public ImmutableSortedDictionary<SignalCategory, int> Categories() => weights
        .GroupBy(pair => pair.Key.Category, pair => WeightOf(pair.Value))
        .Select(group => KeyValuePair.Create(group.Key, (int)Math.Min(settings.Caps.GetValueOrDefault(group.Key), group.Sum())))
        .Where(pair => pair.Value > 0)
        .ToImmutableSortedDictionary();

    public static bool IsDecisive(Signal signal) => signal.Finding.Decisive && signal.Outcome.TookEffect;

    private void Count(Signal signal, int by)
    {
        var key = (signal.Category, signal.DetectionId);
        if (!weights.TryGetValue(key, out var counts))
            weights[key] = counts = new(Comparer<int>.Create((one, other) => other.CompareTo(one)));
        var weight = Math.Max(0, signal.Finding.Weight);
        counts[weight] = counts.GetValueOrDefault(weight) + by;
        if (counts[weight] == 0)
            counts.Remove(weight);
        if (counts.Count == 0)
            weights.Remove(key);
        effective += signal.Outcome.TookEffect && signal.Category is not (SignalCategory.Recon or SignalCategory.Novelty) ? by : 0;
        decisive += IsDecisive(signal) ? by : 0;
    }

    private static double WeightOf(SortedDictionary<int, int> counts)
    {
        var (sum, place) = (0.0, 1);
        foreach (var (weight, count) in counts)
        {
            for (var left = count; left > 0 && place <= CountedPerDetection; left--)
                sum += (double)weight / place++;
        }

        return sum;
    }
}
