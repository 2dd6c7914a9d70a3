using System.CommandLine;
using ResponseKit.Cli.Replay;
using ResponseKit.Cli.Replay.Output;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit replay</c>: what ResponseKit would have said of old CloudTrail logs.</summary>
internal static class ReplayCommand
{
    public static Command Create(IAnsiConsole console, IAnsiConsole errors, TimeProvider time)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Files, folders and s3://BUCKET/PREFIX with CloudTrail records, mixed and in any order: logs as delivered, lookup-events, CloudTrail Lake, CloudWatch Logs, "
                + "Athena, Splunk and Elastic exports; JSON, lines or CSV; plain, gzip, ZIP or tar. - is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = new Option<string>("--format") { Description = "How to report.", DefaultValueFactory = _ => ReplayOutput.Formats[0] };
        format.AcceptOnlyFromAmong(ReplayOutput.Formats);
        var explain = new Option<bool>("--explain")
        {
            Description = "With the table: tell for each incident what was done, what counted, and what would have changed the verdict.",
        };
        var inputs = new ReplayInputs();
        var command = new Command(
            "replay", "Tells what ResponseKit would have said of old logs. Exits with 1 if there are incidents, 0 if there are none, 2 if it could not tell or nothing was read.")
        {
            paths, format, explain,
        };
        foreach (var option in inputs.All)
            command.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (options, problem) = await inputs.ReadAsync(parsed, parsed.GetValue(paths)!, cancellationToken);
            if (options is null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(problem);
                return ExitCodes.CannotRun;
            }

            var result = await ReadingScreen.RunAsync(errors, time, progress => ReplayRun.RunAsync(options, time, progress, cancellationToken));
            await ReplayOutput.WriteAsync(result, parsed.GetValue(format)!, parsed.GetValue(explain), console, cancellationToken);
            if (result.NothingJudged is { } nothing && parsed.GetValue(format) != ReplayOutput.Formats[0])
                await parsed.InvocationConfiguration.Error.WriteLineAsync(nothing);
            if (await ReplayLearning.WriteAsync(result, cancellationToken) is not { } failure)
                return result.ExitCode;
            await parsed.InvocationConfiguration.Error.WriteLineAsync(failure);
            return ExitCodes.CannotRun;
        });
        return command;
    }
}
