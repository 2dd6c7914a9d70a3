using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation;

namespace ResponseKit.Replay;

/// <summary>A case that replaying found worth telling.</summary>
/// <param name="Incident">The case with its verdict, without what was done before it began.</param>
/// <param name="FirstAlert">When the verdict could first have been given.</param>
/// <param name="RecordIndex">The how-manieth of the case's records the alert is, by time and counted from 1, of those that rules listen to.</param>
/// <param name="Records">How many records of the case there are, of those that rules listen to.</param>
public sealed record ReplayedCase(Incident Incident, Alert FirstAlert, int RecordIndex, int Records)
{
    /// <summary>The verdict.</summary>
    public Verdict Verdict => Incident.Verdict;

    /// <summary>How long after the first call that counted the alert is.</summary>
    public TimeSpan After => FirstAlert.Time - FirstAlert.Begins;

    /// <summary>Everybody who acted in the case.</summary>
    public ImmutableArray<Actor> Actors => Incident.Case.Actors;

    /// <summary>When the worst window of the verdict ends.</summary>
    internal DateTimeOffset Until { get; init; }

    /// <summary>How many observations were known of the longest window that ends there.</summary>
    internal int Known { get; init; }

    /// <summary>
    /// The worse of two findings about one actor; as first alert the earlier one of those that call for the same. Of equally bad windows it is the one that
    /// ends last; and where both end there, the finding that knew more of it, for another may have been made before everything had come or when
    /// some had been forgotten.
    /// </summary>
    public ReplayedCase Worse(ReplayedCase other)
    {
        var (mine, its) = (Level(this), Level(other));
        if (mine != its)
            return mine > its ? this : other;
        var (worse, earlier) = (Badness(this).CompareTo(Badness(other)) >= 0 ? this : other, Promptness(this).CompareTo(Promptness(other)) <= 0 ? this : other);
        return worse with { FirstAlert = earlier.FirstAlert, RecordIndex = earlier.RecordIndex, Records = Math.Max(Records, other.Records) };
    }

    private static (int, DateTimeOffset, int) Badness(ReplayedCase found) => (found.Verdict.Score, found.Until, found.Known);

    private static (DateTimeOffset, DateTimeOffset, int) Promptness(ReplayedCase found) => (found.FirstAlert.Time, found.FirstAlert.Begins, -found.RecordIndex);

    private static int Level(ReplayedCase found) => found.Verdict.Level;
}
