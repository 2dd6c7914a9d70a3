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

    // Divisible by 1 to 8: sums of halves and thirds stay exact, so that the order of adding makes no difference.
    private const int Unit = 840;

    private static readonly SignalCategory[] AllCategories = Enum.GetValues<SignalCategory>();

    private readonly Dictionary<(SignalCategory Category, string Detection), SortedDictionary<int, int>> weights = [];
    private readonly long[] sums = new long[AllCategories.Length];
    private readonly int[] caps = [.. AllCategories.Select(category => settings.Caps.GetValueOrDefault(category))];
    private int effective;
    private int decisive;

    /// <summary>Whether something took effect. Looking around, trying out and being refused harm nobody.</summary>
    public bool HasEffect => effective > 0;

    /// <summary>Whether one signal alone is reason enough.</summary>
    public bool IsDecided => decisive > 0;

    /// <summary>All categories' parts together.</summary>
    public int Score => AllCategories.Sum(PartOf);

    /// <summary>Each category's part, after its cap.</summary>
    public ImmutableSortedDictionary<SignalCategory, int> Categories => AllCategories
        .Select(category => KeyValuePair.Create(category, PartOf(category)))
        .Where(part => part.Value > 0)
        .ToImmutableSortedDictionary();

    public void Add(Signal signal) => Count(signal, 1);

    public void Remove(Signal signal) => Count(signal, -1);

    public static bool IsDecisive(Signal signal) => signal.Finding.Decisive && signal.Outcome.TookEffect;

    private int PartOf(SignalCategory category) => (int)Math.Min(caps[(int)category], sums[(int)category] / Unit);

    private void Count(Signal signal, int by)
    {
        var key = (signal.Category, signal.DetectionId);
        if (!weights.TryGetValue(key, out var counts))
            weights[key] = counts = new(Comparer<int>.Create((one, other) => other.CompareTo(one)));
        sums[(int)signal.Category] -= SumOf(counts);
        var weight = Math.Max(0, signal.Finding.Weight);
        counts[weight] = counts.GetValueOrDefault(weight) + by;
        if (counts[weight] == 0)
            counts.Remove(weight);
        sums[(int)signal.Category] += SumOf(counts);
        effective += signal.Outcome.TookEffect && signal.Category is not (SignalCategory.Recon or SignalCategory.Novelty) ? by : 0;
        decisive += IsDecisive(signal) ? by : 0;
    }

    private static long SumOf(SortedDictionary<int, int> counts)
    {
        var (sum, place) = (0L, 1);
        foreach (var (weight, count) in counts)
        {
            for (var left = count; left > 0 && place <= CountedPerDetection; left--)
                sum += (long)weight * (Unit / place++);
            if (place > CountedPerDetection)
                break;
        }

        return sum;
    }
}
