using System.Collections.Immutable;
using ResponseKit.Cli.Drill.Responding;
using ResponseKit.Emulator;

namespace ResponseKit.Cli.Drill.Checks;

/// <summary>The calls that ResponseKit itself made, from the emulator's journal.</summary>
internal static class OwnCalls
{
    // The responder role and the roles of deployed functions: all of them begin alike.
    private const string DeployedRoles = ":assumed-role/ResponseKit";

    // What the roles of deployed functions and of the state machine keep and tell; the responder role, which acts, has no hyphen there.
    private static readonly string[] Bookkeeping = ["dynamodb", "kms", "lambda", "s3", "sns", "sqs", "states"];

    /// <summary>Whether it is a call by which what is deployed keeps its records, tells people, or goes on from step to step.</summary>
    public static bool IsBookkeeping(JournalCall call) =>
        call.Principal?.Contains(DeployedRoles + "-", StringComparison.Ordinal) == true && Bookkeeping.Contains(call.Service, StringComparer.Ordinal);

    public static async Task<ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, int>>> CountAsync(EmulatorControl control, CancellationToken cancellationToken) =>
        (await ListAsync(control, cancellationToken))
            .GroupBy(call => call.Service ?? "?", StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                service => service.Key,
                service => service.GroupBy(call => call.Action ?? "?", StringComparer.Ordinal).ToImmutableSortedDictionary(call => call.Key, call => call.Count(), StringComparer.Ordinal),
                StringComparer.Ordinal);

    public static async Task<ImmutableArray<JournalCall>> ListAsync(EmulatorControl control, CancellationToken cancellationToken)
    {
        var page = await control.JournalAsync(new JournalQuery { Account = DrillAccount.Id }, cancellationToken);
        return [.. page.Calls.Where(call => call.Principal is { } principal
            && (principal.Contains($"/{DrillResponder.FunctionsUser}", StringComparison.Ordinal) || principal.Contains(DeployedRoles, StringComparison.Ordinal)))];
    }
}
