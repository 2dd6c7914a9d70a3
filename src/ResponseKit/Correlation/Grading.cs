using System.Numerics;
using System.Runtime.InteropServices;
using ResponseKit.Policy;

namespace ResponseKit.Correlation;

/// <summary>What speaks most for a grade.</summary>
internal enum GradeReason
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The score.</summary>
    Score,

    /// <summary>A grave act.</summary>
    Grave,

    /// <summary>What is spent, whatever the intent.</summary>
    Money,

    /// <summary>In how many regions it is spent.</summary>
    Places,

    /// <summary>What is spent, with signs of intent.</summary>
    MoneyWithIntent,

    /// <summary>Grave acts of more than one sort, or one by a stranger.</summary>
    Damage,

    /// <summary>One act that is nearly always bad.</summary>
    Decisive,

    /// <summary>A found credential that looks around, or a pattern that is worth a look.</summary>
    Look,
}

/// <summary>A grade with its grounds.</summary>
/// <param name="Level">0 ignore, 1 watch, 2 brake, 3 contain.</param>
/// <param name="Score">The score.</param>
/// <param name="IsLong">Whether it is the long window that the score is of.</param>
/// <param name="Reason">What speaks most for the level.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Grade(int Level, int Score, bool IsLong, GradeReason Reason);

/// <summary>
/// How what a window shows becomes a grade. Breadth, many kinds of things made, ends at watch: first roll-outs are broad. Depth decides: trying out with something that
/// hurts, money with intent, grave acts of different sorts. Where no recording can tell a large honest work from a patient thief, the brake is the answer.
/// </summary>
internal static class Grading
{
    public const int Watch = 1;
    public const int Brake = 2;
    public const int Contain = 3;

    // With intent a quarter of the budget is enough to stop more.
    private const int BrakeShare = 4;

    // Whoever works in so many regions at once has them all, and few accounts do.
    private const int ManyPlaces = 8;

    // Models and mail are asked for region by region, and one or two serve any purpose.
    private const int SeveralPlaces = 4;

    // Closing an account, or clearing one with a tool, takes down watchers and data alike.
    private const Damages ClearingUp = Damages.Blinding | Damages.Destruction;

    /// <summary>Grades a moment.</summary>
    /// <param name="recent">The window up to it.</param>
    /// <param name="patient">The long window up to it.</param>
    /// <param name="settings">Thresholds and budgets.</param>
    public static Grade Of(in WindowFacts recent, in WindowFacts patient, CorrelationSettings settings)
    {
        var (score, longScore) = (Scoring.Of(recent), Scoring.OfLong(patient));
        var isLong = longScore > score;
        var (level, reason) = LevelOf(recent, score, patient, longScore, settings);
        return new(level, isLong ? longScore : score, isLong, reason);
    }

    private static (int Level, GradeReason Reason) LevelOf(in WindowFacts recent, int score, in WindowFacts patient, int longScore, CorrelationSettings settings)
    {
        var (usd, kinds) = (recent.UsdPerHour, BitOperations.PopCount((uint)recent.Damages));
        // Each window by itself: what is in the longer one must not be lost because the shorter one scores higher.
        var (first, second) = (ByScore(recent, score, settings), ByScore(patient, longScore, settings));
        var byScore = Math.Max(first, second);
        if (recent.IsDecided)
            return (Contain, GradeReason.Decisive);
        if (byScore == Contain)
            return (Contain, GradeReason.Score);
        if (kinds >= 2 && recent.Damages != ClearingUp)
            return (Contain, GradeReason.Damage);
        if (usd >= settings.ContainUsdPerHour && recent.HasIntent)
            return (Contain, GradeReason.MoneyWithIntent);
        if (usd >= settings.BrakeUsdPerHour)
            return (Brake, GradeReason.Money);
        if (usd >= settings.WatchUsdPerHour && recent.Places >= ManyPlaces)
            return (Brake, GradeReason.Places);
        if (byScore == Brake)
            return (Brake, GradeReason.Score);
        if (kinds >= 2 || (kinds == 1 && (recent.IsKnownStranger || recent.HasLook)))
            return (Brake, GradeReason.Damage);
        if ((usd >= settings.ContainUsdPerHour / (decimal)BrakeShare && recent.HasIntent) || (usd >= settings.ContainUsdPerHour && recent.IsStranger)
            || (usd >= settings.WatchUsdPerHour && recent.HasLook))
            return (Brake, GradeReason.MoneyWithIntent);
        if (recent.Pattern >= Scoring.TellingPattern && recent is { HasLook: true, HasActs: true })
            return (Brake, GradeReason.Look);
        if (recent.ByUseRegions >= ManyPlaces)
            return (Brake, GradeReason.Places);
        if (byScore == Watch)
            return (Watch, GradeReason.Score);
        if (recent.HasGrave || kinds > 0)
            return (Watch, GradeReason.Grave);
        if (recent.UseRegions >= SeveralPlaces)
            return (Watch, GradeReason.Places);
        if (recent.Pattern >= Scoring.HurtingPattern || (recent.HasLook && IsWorthALook(recent, score, settings)))
            return (Watch, GradeReason.Look);
        return usd >= settings.WatchUsdPerHour ? (Watch, GradeReason.Money) : (0, GradeReason.None);
    }

    private static int ByScore(in WindowFacts facts, int score, CorrelationSettings settings)
    {
        if (score < settings.WatchAt)
            return 0;
        if (score < settings.ContainAt || !facts.HasActs)
            return Watch;
        return (facts.IsKnownStranger && facts.Hurts) || facts.IsDeep ? Contain : facts.IsStranger || facts.HasLook ? Brake : Watch;
    }

    private static bool IsWorthALook(in WindowFacts facts, int score, CorrelationSettings settings) =>
        facts.Pattern >= Scoring.TellingPattern || (facts.HasActs && score >= Scoring.WorthALook) || facts.MostMicros >= settings.BrakeUsdPerHour * 1_000_000L;
}
