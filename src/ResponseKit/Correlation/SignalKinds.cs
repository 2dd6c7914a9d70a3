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

/// <summary>Numbers the kinds of signals of a case.</summary>
internal sealed class SignalKinds
{
    private readonly Dictionary<Sameness, int> same = [];
    private readonly Dictionary<(SignalCategory Category, string Detection), int> detections = [];

    /// <summary>The detections by their numbers.</summary>
    public IEnumerable<(SignalCategory Category, string Detection)> Detections => detections.OrderBy(pair => pair.Value).Select(pair => pair.Key);

    /// <summary>The kinds of these signals, in their order.</summary>
    public SignalKind[] Of(ImmutableArray<Signal> signals)
    {
        var kinds = new SignalKind[signals.Length];
        for (var at = 0; at < kinds.Length; at++)
        {
            var (signal, key) = (signals[at], new Sameness(signals[at]));
            kinds[at] = new(Number(same, key), Number(detections, (signal.Category, signal.DetectionId)), key.IsAct, key.IsDecisive);
        }

        return kinds;
    }

    private static int Number<T>(Dictionary<T, int> numbers, T key)
        where T : notnull
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out var isThere);
        if (!isThere)
            number = numbers.Count - 1;
        return number;
    }
}
