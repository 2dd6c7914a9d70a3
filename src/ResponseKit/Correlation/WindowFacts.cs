using System.Runtime.InteropServices;

namespace ResponseKit.Correlation;

/// <summary>What the evidence of one window shows, by which it is graded.</summary>
/// <param name="Parts">Each category's part, after its cap.</param>
/// <param name="Rush">Each category's part within the last minutes of it.</param>
/// <param name="Micros">What runs because of it beyond what is usual for the actor, in millionths of a US dollar an hour.</param>
/// <param name="Places">In how many regions something runs because of it.</param>
/// <param name="ByUseRegions">In how many regions models or mail, which are paid for by use, were asked for.</param>
/// <param name="UseRegions">In how many regions they were asked for or looked at; 0 where they were only looked at.</param>
/// <param name="Protection">The part of obstruction that keeps compute from being removed.</param>
/// <param name="Damages">Which sorts of grave act are in it.</param>
/// <param name="Pattern">The weight of the heaviest pattern in it; 0 for none.</param>
/// <param name="Habits">The part of novelty that is not a pattern: what is unlike the actor's past.</param>
/// <param name="HasActs">Whether more was done than looking around and trying out.</param>
/// <param name="IsDecided">Whether a decisive act lies in it.</param>
/// <param name="HasGrave">Whether an act lies in it that people are told of at once.</param>
/// <param name="HasCostly">Whether accelerated, very large or very many machines were made in it, or nearly.</param>
/// <param name="HasRootKey">Whether the root user's own access key was used.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WindowFacts(
    Parts Parts, Parts Rush, long Micros, int Places, int ByUseRegions, int UseRegions, int Protection, Damages Damages, int Pattern, int Habits, bool HasActs, bool IsDecided, bool HasGrave, bool HasCostly, bool HasRootKey)
{
    /// <summary>
    /// Whether somebody looked around with a credential of a sort that is found lying about. Many programs begin so, and everybody who has found a key: it makes nobody
    /// a stranger, and decides between a look and the brake.
    /// </summary>
    public bool HasLook { get; init; }

    /// <summary>What runs may grow to by itself, in millionths of a US dollar an hour.</summary>
    public long MostMicros { get; init; }

    /// <summary>What runs because of it beyond what is usual, in US dollars an hour.</summary>
    public decimal UsdPerHour => Micros / 1_000_000m;

    /// <summary>
    /// Whether it shows somebody who has to find out what the key can do, whom another detector has found, or who does what nobody at home there does.
    /// </summary>
    public bool IsStranger => IsKnownStranger || Habits >= Scoring.SignificantNovelty;

    /// <summary>The same, without what is merely unlike the actor's past: people travel, and take up new work.</summary>
    public bool IsKnownStranger => Parts[SignalCategory.PermissionProbing] >= Scoring.Significant || Parts[SignalCategory.ExternalFinding] >= Scoring.Significant
        || Pattern >= Scoring.Significant || HasRootKey;

    /// <summary>Whether something in it is meant to last or to hide, or shows a stranger: with it, what is spent is not somebody's large but honest work.</summary>
    public bool HasIntent => IsKnownStranger || (Damages & (Damages.BackDoor | Damages.Blinding)) != Damages.None
        || Protection >= Scoring.SignificantObstruction;

    /// <summary>Whether it hurts: money, grave acts, or compute that somebody keeps from being removed.</summary>
    public bool Hurts => HasCostly || Damages != Damages.None || UsdPerHour >= Scoring.HurtingUsdPerHour || Pattern >= Scoring.HurtingPattern
        || Protection >= Scoring.Significant || Parts[SignalCategory.ExternalFinding] >= Scoring.Significant;

    /// <summary>Whether it goes all the way: ways back in, costly compute, and that made hard to remove or to see. A deployment does two of these at most.</summary>
    public bool IsDeep => HasCostly && Parts[SignalCategory.Persistence] >= Scoring.Significant
        && (Protection >= Scoring.SignificantObstruction || Damages.HasFlag(Damages.Blinding));

    /// <summary>The same without one category of evidence: for what would have been.</summary>
    public WindowFacts Without(SignalCategory category) => this with
    {
        Parts = Parts.Without(category),
        Rush = Rush.Without(category),
        HasCostly = HasCostly && category != SignalCategory.Provisioning,
        Protection = category == SignalCategory.Obstruction ? 0 : Protection,
        Pattern = category == SignalCategory.Novelty ? 0 : Pattern,
        Habits = category == SignalCategory.Novelty ? 0 : Habits,
        HasRootKey = HasRootKey && category != SignalCategory.Novelty,
        HasLook = HasLook && category != SignalCategory.Recon,
    };
}
