using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Replay;
using ResponseKit.Replay.Reading;

namespace ResponseKit.Cli.Replay;

/// <summary>What replaying found.</summary>
/// <param name="Options">What was replayed, and how.</param>
/// <param name="Read">What was read.</param>
/// <param name="Skipped">What was left out of it.</param>
/// <param name="Late">How many records came too late to be judged with the others of their time.</param>
/// <param name="NotDelivered">How many records were left out that something listens to, since a deployment with <c>reads=off</c> would not be brought them.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Incidents">The incidents by the policy, the worst first.</param>
/// <param name="WhatIf">The incidents by the other policy; null when there is none.</param>
/// <param name="Learned">What was learned, together with what was known; null when nothing was to be.</param>
internal sealed record ReplayResult(
    ReplayOptions Options, ReadSummary Read, ImmutableArray<SkippedInput> Skipped, long Late, long NotDelivered, double Seconds, ImmutableArray<ReplayedCase> Incidents,
    ImmutableArray<ReplayedCase>? WhatIf, Baseline? Learned)
{
    /// <summary>In a word, which deployment was assumed.</summary>
    public string Reads => Options.Reads ? "on" : "off";

    /// <summary>In a sentence, which deployment was assumed.</summary>
    public string Assumed => Options.Reads
        ? "Assumed reads=on: a deployment without it, as is the default, is not brought calls that only read (--reads off)."
        : string.Create(
            CultureInfo.InvariantCulture, $"Assumed reads=off: {NotDelivered:N0} records of calls that only read were left out, which such a deployment is not brought.");

    /// <summary>
    /// The exit code: 1 when there are incidents, 0 when there are none, 2 when there are none in what could be read and not everything could be.
    /// </summary>
    public int ExitCode => !Incidents.IsEmpty ? ExitCodes.Found : Skipped.IsEmpty ? ExitCodes.Success : ExitCodes.CannotRun;
}
