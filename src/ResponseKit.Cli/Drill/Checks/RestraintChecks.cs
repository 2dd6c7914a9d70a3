using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Cli.Drill.Attack;
using ResponseKit.Cli.Drill.Responding;
using ResponseKit.Emulator;

namespace ResponseKit.Cli.Drill.Checks;

/// <summary>Where ResponseKit may not act by itself: that it saw everything, planned everything, and touched nothing.</summary>
internal sealed class RestraintChecks(EmulatorControl control, IDrillResponse responder, Loot loot)
{
    private static readonly string[] Reads = ["Describe", "List", "Get", "Lookup", "AssumeRole"];

    public async Task<IReadOnlyList<DrillCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var writes = (await OwnCalls.ListAsync(control, cancellationToken))
            .Where(call => call.Action is { } action && !Reads.Any(read => action.StartsWith(read, StringComparison.Ordinal)) && !IsTriedOut(call)
                && !OwnCalls.IsBookkeeping(call))
            .Select(call => call.Call).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var planned = await responder.PlannedAsync(cancellationToken);
        return
        [
            new("the attack is recognised", responder.Incident is not null, responder.Incident ?? "no incident was opened"),
            DrillCheck.None("ResponseKit changed nothing", writes, "every call it made was a read, but for its own records"),
            DrillCheck.None(
                "it planned for everything that the attacker made",
                [.. loot.Resources.Where(resource => !planned.Targets.Contains(resource)).Select(resource => resource.ToArn())],
                $"{planned.Targets.Count} targets planned"),
            DrillCheck.None("every plan could be made", planned.Failures, "no failure"),
        ];
    }

    // Such a call changes nothing, whatever becomes of it: so go the heartbeats that a deployment asks its regions for.
    private static bool IsTriedOut(JournalCall call) =>
        call.Params.ValueKind == JsonValueKind.Object && call.Params.TryGetProperty("DryRun", out var dryRun)
        && string.Equals(dryRun.ToString(), "true", StringComparison.OrdinalIgnoreCase);
}
