using ResponseKit.Detections.Costs;

namespace ResponseKit.Correlation;

/// <summary>
/// Adds up what runs because of the calls in a sliding window. Each call that adds something counts in full, however often it is repeated; of several that set the same
/// thing to a size the largest counts. In whole millionths, so that adding and taking away leave nothing behind.
/// </summary>
internal sealed class Spending
{
    private const long MostOfOne = 1_000_000_000_000;

    private readonly Dictionary<string, List<(long Micros, long Most)>> settings = new(StringComparer.Ordinal);

    /// <summary>What runs, in millionths of a US dollar an hour.</summary>
    public long Micros { get; private set; }

    /// <summary>What it may grow to by itself.</summary>
    public long MostMicros { get; private set; }

    /// <summary>Adds or takes away what a call costs.</summary>
    /// <param name="cost">What it costs.</param>
    /// <param name="by">1 or -1.</param>
    public void Count(Cost cost, int by)
    {
        var one = (Micros: ToMicros(cost.UsdPerHour), Most: Math.Max(ToMicros(cost.UsdPerHour), ToMicros(cost.MostUsdPerHour ?? 0)));
        if (cost.Sets is not { } thing)
        {
            (Micros, MostMicros) = (Micros + (by * one.Micros), MostMicros + (by * one.Most));
            return;
        }

        var sizes = settings.TryGetValue(thing, out var there) ? there : settings[thing] = [];
        var before = Largest(sizes);
        if (by > 0)
            sizes.Add(one);
        else
            sizes.Remove(one);
        var after = Largest(sizes);
        (Micros, MostMicros) = (Micros + after.Micros - before.Micros, MostMicros + after.Most - before.Most);
    }

    private static long ToMicros(decimal usd) => (long)Math.Clamp(usd * 1_000_000m, 0, MostOfOne);

    private static (long Micros, long Most) Largest(List<(long Micros, long Most)> sizes)
    {
        var largest = default((long Micros, long Most));
        foreach (var (micros, most) in sizes)
            largest = (Math.Max(largest.Micros, micros), Math.Max(largest.Most, most));
        return largest;
    }
}
