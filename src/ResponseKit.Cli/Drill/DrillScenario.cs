using System.Collections.Immutable;
using ResponseKit.Cli.Drill.Estate;

namespace ResponseKit.Cli.Drill;

/// <summary>An attack that can be rehearsed.</summary>
/// <param name="Id">Its name on the command line.</param>
/// <param name="Title">What happens in it.</param>
/// <param name="NewFoothold">How the attacker gets in.</param>
internal sealed record DrillScenario(string Id, string Title, Func<Foothold> NewFoothold)
{
    public static readonly ImmutableArray<DrillScenario> All =
    [
        new("campaign", "A leaked administrator key, used as in the crypto-mining campaign of November 2025", () => new LeakedUserKey()),
        new("assumed-role", "The same attack with a session stolen from a role that a build system uses", () => new StolenRoleSession()),
    ];
}
