using ResponseKit.Detections;

namespace ResponseKit.Correlation;

/// <summary>
/// By which two signals are the same thing done again: a retry loop is one attempt, however long it runs. Names, types and sizes stand in the
/// sentence, so another cluster or another region is another thing.
/// </summary>
internal readonly record struct Sameness(string DetectionId, string Region, string Explanation, int Weight, bool IsAct, bool IsDecisive)
{
    public Sameness(Signal signal)
        : this(signal.DetectionId, signal.Region, signal.Finding.Explanation, signal.Finding.Weight, Tally.IsAct(signal), Tally.IsDecisive(signal))
    {
    }
}
