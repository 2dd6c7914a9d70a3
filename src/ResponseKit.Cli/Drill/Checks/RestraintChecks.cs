using System.Collections.Immutable;
using ResponseKit.Aws.Response;
using ResponseKit.Cli.Drill.Attack;
using ResponseKit.Cli.Drill.Responding;
using ResponseKit.Emulator;
using ResponseKit.Response;

namespace ResponseKit.Cli.Drill.Checks;

/// <summary>Where ResponseKit may not act by itself: that it saw everything, planned everything, and touched nothing.</summary>
internal sealed class RestraintChecks(EmulatorControl control, DrillResponder responder, Loot loot)
{
    private static readonly string[] Reads = ["Describe", "List", "Get", "AssumeRole"];

    public async Task<IReadOnlyList<DrillCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var writes = (await OwnCalls.ListAsync(control, cancellationToken))
            .Where(call => call.Action is { } action && !Reads.Any(read => action.StartsWith(read, StringComparison.Ordinal)))
            .Select(call => call.Call).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var planned = responder.Reports.SelectMany(report => report.Actions.Select(action => action.Request).Concat(report.Held.Select(held => held.Request)))
            .SelectMany(request => request.Targets).ToHashSet();
        return
        [
            new("the attack is recognised", responder.Incident is not null, responder.Incident ?? "no incident was opened"),
            DrillCheck.None("ResponseKit changed nothing", writes, "every call it made was a read"),
            DrillCheck.None("it planned for everything that the attacker made", [.. loot.Resources.Where(resource => !planned.Contains(resource)).Select(resource => resource.ToArn())], $"{planned.Count} targets planned"),
            DrillCheck.None("every plan could be made", [.. Failures()], "no failure"),
        ];
    }

    private IEnumerable<string> Failures() => responder.Reports.SelectMany(report => report.Actions)
        .Where(action => action.Result is not ActionResult.Answered { Receipt.Status: ReceiptStatus.Planned or ReceiptStatus.AlreadyInPlace })
        .Select(action => $"{action.ActionId}: {action.Result.Message}");
}
