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

    /// <summary>How many records that something listens to lie outside of the times that were asked for.</summary>
    public long OutOfTime { get; init; }

    /// <summary>How many lie within.</summary>
    public long InTime { get; init; }

    /// <summary>Why there are no incidents, where it is because nothing was judged; null where something was.</summary>
    public string? NothingJudged => !Incidents.IsEmpty ? null
        : Read.Records == 0 ? string.Create(CultureInfo.InvariantCulture, $"Nothing was judged: no CloudTrail record was found in {Inputs(Read.Files)}.")
        : InTime == 0 && OutOfTime > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Nothing was judged: all {OutOfTime:N0} records that detections listen to lie outside of --from and --to.")
        : null;

    /// <summary>
    /// The exit code: 1 when there are incidents, 0 when there are none, 2 when there are none in what could be read and not everything could be, nothing was judged, or
    /// records came too late to be judged with the others of their time.
    /// </summary>
    public int ExitCode => !Incidents.IsEmpty ? ExitCodes.Found : Skipped.IsEmpty && Late == 0 && NothingJudged is null ? ExitCodes.Success : ExitCodes.CannotRun;

    private static string Inputs(int files) => string.Create(CultureInfo.InvariantCulture, $"{files:N0} {(files == 1 ? "file" : "files")}");
}
