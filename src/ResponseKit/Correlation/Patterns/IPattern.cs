using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// Something that no single record shows: what signals within a rush mean together. It sees the signals that come into the sliding window and
/// those that leave it, and remembers what lies between. More signals never make it weigh less. Classes that implement this are found by themselves.
/// </summary>
internal interface IPattern
{
    /// <summary>What it is.</summary>
    PatternDescriptor Descriptor { get; }

    /// <summary>Whether it looks at a signal.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="isUsualRegion">Whether a signal's region is one where its actor's work is expected.</param>
    bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion);

    /// <summary>A signal comes into the window.</summary>
    void Add(Signal signal);

    /// <summary>A signal leaves the window.</summary>
    void Remove(Signal signal);

    /// <summary>What the signals in the window mean together; null for nothing.</summary>
    Finding? Current(CorrelationTimes times);
}

/// <summary>How long the window is.</summary>
/// <param name="RushMinutes">In minutes.</param>
internal readonly record struct CorrelationTimes(int RushMinutes);
