using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ResponseKit.Detections;

namespace ResponseKit.Correlation;

/// <summary>What the tally of a window has to know of a signal, worked out once however many windows pass over it.</summary>
/// <param name="Same">The number of the thing done: signals that are the same thing done again have the same.</param>
/// <param name="Detection">The number of the detection.</param>
/// <param name="IsAct">See <see cref="Tally.IsAct"/>.</param>
/// <param name="IsDecisive">See <see cref="Tally.IsDecisive"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SignalKind(int Same, int Detection, bool IsAct, bool IsDecisive);

/// <summary>The kinds of the signals of a case, in their order.</summary>
internal sealed class SignalKinds
{
    private readonly SignalKind[] kinds;

    public SignalKinds(ImmutableArray<Signal> signals)
    {
        var (same, detections) = (new Dictionary<Sameness, int>(), new Dictionary<(SignalCategory, string), int>());
        kinds = new SignalKind[signals.Length];
        for (var at = 0; at < kinds.Length; at++)
        {
            var key = new Sameness(signals[at]);
            kinds[at] = new(Number(same, key), Number(detections, (signals[at].Category, DetectionOf(signals[at]))), key.IsAct, key.IsDecisive);
        }

        Unusual =
        [
            // Whoever takes an environment down deletes much, and is no stranger for it.
            .. detections.Where(detection => detection.Key.Item1 == SignalCategory.Novelty && detection.Key.Item2 != Patterns.Destruction.Id)
                .Select(detection => (detection.Value, detection.Key.Item2.StartsWith(Patterns.PatternScan.Prefix, StringComparison.Ordinal))),
        ];

        Protecting = [.. signals.Where(Patterns.Compute.IsProtected).Select(signal => detections[(signal.Category, DetectionOf(signal))]).Distinct()];
        (Count, Detections) = (same.Count, detections.Count);
    }

    /// <summary>How many kinds there are.</summary>
    public int Count { get; }

    /// <summary>How many detections they are of.</summary>
    public int Detections { get; }

    /// <summary>The numbers of the detections of what is unusual, and which of them are patterns.</summary>
    public ImmutableArray<(int Number, bool IsPattern)> Unusual { get; }

    /// <summary>The numbers of the detections that tell of compute kept from being removed.</summary>
    public ImmutableArray<int> Protecting { get; }

    public SignalKind this[int at] => kinds[at];

    // Who is on a trip is in another network, uses another program and works at another hour: that is one thing.
    private static string DetectionOf(Signal signal) => signal.DetectionId is "novelty.new-network" or "novelty.new-agent" or "novelty.new-hour" ? "novelty.trip" : signal.DetectionId;

    private static int Number<T>(Dictionary<T, int> numbers, T key)
        where T : notnull
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out var isThere);
        if (!isThere)
            number = numbers.Count - 1;
        return number;
    }
}
