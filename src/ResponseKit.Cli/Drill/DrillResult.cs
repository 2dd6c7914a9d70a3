using System.Collections.Immutable;
using ResponseKit.Cli.Drill.Checks;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Cli.Drill.Output;

namespace ResponseKit.Cli.Drill;

/// <summary>What a drill showed.</summary>
internal sealed record DrillResult
{
    /// <summary>The scenario's id.</summary>
    public required string Scenario { get; init; }

    /// <summary>observe, approve or enforce.</summary>
    public required string Mode { get; init; }

    /// <summary>Whether every check passed.</summary>
    public bool Passed => Checks.Length > 0 && Checks.All(check => check.Passed);

    /// <summary>The end state, as the account answered.</summary>
    public required ImmutableArray<DrillCheck> Checks { get; init; }

    /// <summary>Attacker's and responder's steps in order.</summary>
    public required ImmutableArray<DrillEvent> Timeline { get; init; }

    /// <summary>ResponseKit's own calls, by service and operation.</summary>
    public required ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, int>> Calls { get; init; }

    /// <summary>How long it took from the first step of the attack to the last check.</summary>
    public required double Seconds { get; init; }

    /// <summary>The incident that triage opened; null when it opened none.</summary>
    public string? Incident { get; init; }

    /// <summary>What of a deployment the emulated AWS does not have; empty where nothing was deployed.</summary>
    public ImmutableArray<NotEmulated> NotEmulated { get; init; } = [];

    /// <summary>Where the emulator still listens, when it was kept.</summary>
    public string? Emulator { get; init; }

    /// <summary>The emulator's process, when it was kept.</summary>
    public int? EmulatorProcess { get; init; }
}
