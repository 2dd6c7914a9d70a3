namespace ResponseKit.Correlation.Blame;

/// <summary>What came of judging, without the words, which take long to find.</summary>
/// <param name="Level">0 ignore, 1 watch, 2 brake, 3 contain.</param>
/// <param name="Score">The score.</param>
/// <param name="Until">When the worst window ends.</param>
/// <param name="Known">How many observations were known of the longest window that ends there.</param>
/// <param name="FirstAlert">When this level was reached for the first time; null for what is to be ignored.</param>
/// <param name="Tell">Gives the verdict.</param>
internal sealed record Judgement(int Level, int Score, DateTimeOffset Until, int Known, Alert? FirstAlert, Func<Verdict> Tell)
{
    /// <summary>The verdict, with the first alert of all that call for it.</summary>
    public Verdict Verdict => Tell() is var verdict && verdict is Verdict.Ignore ? verdict : verdict with { FirstAlert = FirstAlert };

    /// <summary>The worse of two. Of equally bad windows it is the one that ends last, and of those the one of which more is known.</summary>
    public Judgement Worse(Judgement other)
    {
        if (Level != other.Level)
            return Level > other.Level ? this : other;
        var worse = (Score, Until, Known).CompareTo((other.Score, other.Until, other.Known)) >= 0 ? this : other;
        return worse with { FirstAlert = Earlier(FirstAlert, other.FirstAlert) };
    }

    private static Alert? Earlier(Alert? one, Alert? other) => one is null ? other
        : other is null || (one.Time, one.Begins, one.EventId).CompareTo((other.Time, other.Begins, other.EventId)) <= 0 ? one : other;
}
