namespace ResponseKit.Correlation;

/// <summary>The evidence up to one moment.</summary>
/// <param name="Grade">How it is graded.</param>
/// <param name="Recent">What the window shows.</param>
/// <param name="Patient">What the long window shows.</param>
/// <param name="First">The first signal's place.</param>
/// <param name="Last">The last signal's place.</param>
/// <param name="MostMicros">What runs may grow to by itself, in millionths of a US dollar an hour.</param>
internal sealed record Window(Grade Grade, WindowFacts Recent, WindowFacts Patient, int First, int Last, long MostMicros)
{
    /// <summary>See <see cref="Correlation.Grade.Level"/>.</summary>
    public int Level => Grade.Level;

    /// <summary>See <see cref="Correlation.Grade.Score"/>.</summary>
    public int Score => Grade.Score;

    /// <summary>See <see cref="Correlation.Grade.IsLong"/>.</summary>
    public bool IsLong => Grade.IsLong;

    /// <summary>The window that the score is of.</summary>
    public WindowFacts Side => IsLong ? Patient : Recent;
}
