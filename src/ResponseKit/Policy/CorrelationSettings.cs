using System.Collections.Immutable;

namespace ResponseKit.Policy;

/// <summary>How evidence adds up to a verdict.</summary>
public sealed record CorrelationSettings
{
    /// <summary>Signals further apart than so many minutes, by the time of the calls, have nothing to do with each other.</summary>
    public int WindowMinutes { get; init; } = 60;

    /// <summary>
    /// A patient attacker makes one call in half an hour. Within so many minutes the evidence counts too, if it is of many kinds.
    /// </summary>
    public int LongWindowMinutes { get; init; } = 720;

    /// <summary>
    /// Several kinds of evidence within so many minutes weigh more: a stolen key goes from first use to mining in about ten.
    /// </summary>
    public int RushMinutes { get; init; } = 10;

    /// <summary>The score from which a case is worth watching.</summary>
    public int WatchAt { get; init; } = 40;

    /// <summary>The score from which the actor is contained.</summary>
    public int ContainAt { get; init; } = 80;

    /// <summary>From so many US dollars an hour beyond what is usual people watch, whatever the intent.</summary>
    public int WatchUsdPerHour { get; init; } = 50;

    /// <summary>From so many US dollars an hour with signs of intent the actor is contained; from a quarter of it they are braked.</summary>
    public int ContainUsdPerHour { get; init; } = 100;

    /// <summary>From so many US dollars an hour the actor is braked, whatever the intent.</summary>
    public int BrakeUsdPerHour { get; init; } = 500;

    /// <summary>
    /// How much each category can add before rush counts. Each is below <see cref="ContainAt"/>, so that no amount of one kind of evidence is enough.
    /// </summary>
    public ImmutableSortedDictionary<SignalCategory, int> Caps { get; init; } = DefaultCaps;

    private static ImmutableSortedDictionary<SignalCategory, int> DefaultCaps { get; } = ImmutableSortedDictionary<SignalCategory, int>.Empty
        .Add(SignalCategory.Recon, 20)
        .Add(SignalCategory.PermissionProbing, 30)
        .Add(SignalCategory.Provisioning, 45)
        .Add(SignalCategory.Persistence, 45)
        .Add(SignalCategory.Obstruction, 60)
        .Add(SignalCategory.Novelty, 70)
        .Add(SignalCategory.ExternalFinding, 60);
}
