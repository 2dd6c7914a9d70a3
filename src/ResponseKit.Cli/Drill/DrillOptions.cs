using ResponseKit.Policy;

namespace ResponseKit.Cli.Drill;

/// <summary>What was asked of a drill.</summary>
/// <param name="Scenario">Which attack.</param>
/// <param name="Mode">How ResponseKit may act.</param>
/// <param name="Size">How big the attack is.</param>
/// <param name="Keep">Whether the emulator goes on afterwards.</param>
/// <param name="Report">The folder that the incident's report is written to; null for none.</param>
/// <param name="Deployed">Whether ResponseKit is deployed into the account, and does not run in this process.</param>
internal sealed record DrillOptions(DrillScenario Scenario, ResponseMode Mode, DrillSize Size, bool Keep, string? Report, bool Deployed);
