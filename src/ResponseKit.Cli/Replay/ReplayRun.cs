using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Replay;
using ResponseKit.Replay.Reading;
using ResponseKit.Replay.Scanning;
using ResponseKit.Text;

namespace ResponseKit.Cli.Replay;

/// <summary>Replays logs: reads them, judges, and gathers what was found.</summary>
internal static class ReplayRun
{
    public static async Task<ReplayResult> RunAsync(ReplayOptions options, TimeProvider time, IProgress<ReadProgress> progress, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var judge = new RecordJudge(options);
        // What is usual shows in every call, what is remarkable only in few.
        var filter = options.LearnTo is null
            ? RecordFilter.For(Observer.Selectors, Observer.Selectors.Select(selector => selector.IdentityType).OfType<string>())
                .WithServicesOnlyFor(Observer.SelectorsOfServices)
            : RecordFilter.Everything;
        using var store = new S3Logs(options.From, options.To);
        var isFar = options.Paths.Any(store.Has);
        // A reader of a bucket waits most of its time.
        var reader = new LogReader(filter, isFar ? options.Parallelism * S3Logs.ReadersPerCore : options.Parallelism) { Store = store };
        var read = await reader.ReadAsync(options.Paths, judge, progress, cancellationToken);
        var all = judge.Book.Finish();
        var incidents = Selected(all, options);
        return new(
            options, read, [.. read.Skipped, .. judge.Rejections.ToSkipped()], judge.Book.Late, judge.NotDelivered, time.GetElapsedTime(start).TotalSeconds, incidents,
            judge.WhatIf is null ? null : Selected(judge.WhatIf.Finish(), options), judge.Learner is { } learner ? options.Baseline.Merge(learner.Finish(all)) : null)
        {
            InTime = judge.InTime,
            OutOfTime = judge.OutOfTime,
        };
    }

    private static ImmutableArray<ReplayedCase> Selected(ImmutableArray<ReplayedCase> incidents, ReplayOptions options) =>
    [
        .. incidents
            .Where(incident => ReplayOptions.Verdicts.IndexOf(incident.Verdict.Name) >= ReplayOptions.Verdicts.IndexOf(options.LeastVerdict))
            .Where(incident => options.Actor is not { } actor
                || incident.Actors.Append(incident.Incident.Root).Any(one => Glob.Matches($"*{actor}*", ActorName.Of(one)))),
    ];
}
