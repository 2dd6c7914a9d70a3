using System.Globalization;
using ResponseKit.Replay.Reading;
using Spectre.Console;

namespace ResponseKit.Cli.Replay.Output;

/// <summary>Shows how far reading is, on standard error so that the report stays clean: a bar, the rate, the remaining time. Nothing where nobody looks.</summary>
internal static class ReadingScreen
{
    public static Task<T> RunAsync<T>(IAnsiConsole console, TimeProvider time, Func<IProgress<ReadProgress>, Task<T>> work)
    {
        if (!console.Profile.Capabilities.Interactive)
            return work(new Progress(null, time));
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => work(new Progress(context.AddTask("reads", maxValue: 1), time)));
    }

    private sealed class Progress(ProgressTask? task, TimeProvider time) : IProgress<ReadProgress>
    {
        private readonly long start = time.GetTimestamp();

        public void Report(ReadProgress value)
        {
            if (task is null)
                return;
            var seconds = Math.Max(time.GetElapsedTime(start).TotalSeconds, 0.001);
            task.MaxValue = Math.Max(value.Bytes, 1);
            task.Value = value.BytesDone;
            task.Description = string.Create(
                CultureInfo.InvariantCulture,
                $"{value.FilesDone:N0} of {value.Files:N0} files, {value.Records:N0} records, {value.Records / seconds:N0} a second, "
                + $"{value.BytesDone / seconds / 1e6:N1} MB/s");
        }
    }
}
