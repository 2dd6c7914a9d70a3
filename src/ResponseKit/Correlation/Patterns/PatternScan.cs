using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Policy;

namespace ResponseKit.Correlation.Patterns;

/// <summary>Finds what signals mean together, as signals of their own.</summary>
internal static class PatternScan
{
    /// <summary>What the ids of patterns begin with.</summary>
    public const string Prefix = "pattern.";

    /// <summary>
    /// The signals of every pattern: one with each signal at whose time the pattern is there. The more there is in a window, the more of them lie
    /// in it, so that one more signal can never take one away.
    /// </summary>
    /// <param name="signals">Signals in the order of time.</param>
    /// <param name="settings">The length of the rush.</param>
    /// <param name="isUsualRegion">Whether a signal's region is one where its actor's work is expected.</param>
    public static IEnumerable<Signal> Find(ImmutableArray<Signal> signals, CorrelationSettings settings, Func<Signal, bool> isUsualRegion) =>
        Discovered<IPattern>.Create().SelectMany(pattern => Find(pattern, signals, settings, isUsualRegion));

    private static IEnumerable<Signal> Find(
        IPattern pattern, ImmutableArray<Signal> signals, CorrelationSettings settings, Func<Signal, bool> isUsualRegion)
    {
        ImmutableArray<Signal> concerned = [.. signals.Where(signal => pattern.Concerns(signal, isUsualRegion))];
        var first = 0;
        foreach (var signal in concerned)
        {
            pattern.Add(signal);
            for (; signal.Time - concerned[first].Time > TimeSpan.FromMinutes(settings.RushMinutes); first++)
                pattern.Remove(concerned[first]);
            if (pattern.Current(new(settings.RushMinutes)) is { } finding)
                yield return signal with { DetectionId = pattern.Descriptor.Id, Category = pattern.Descriptor.Category, Finding = finding };
        }
    }
}
