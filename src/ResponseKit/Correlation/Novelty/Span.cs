using System.Runtime.InteropServices;

namespace ResponseKit.Correlation.Novelty;

/// <summary>When something was seen for the first and for the last time.</summary>
/// <param name="First">The first time.</param>
/// <param name="Last">The last time.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Span(DateTimeOffset First, DateTimeOffset Last)
{
    /// <summary>The span that covers both.</summary>
    public Span With(Span other) => new(First < other.First ? First : other.First, Last > other.Last ? Last : other.Last);
}
