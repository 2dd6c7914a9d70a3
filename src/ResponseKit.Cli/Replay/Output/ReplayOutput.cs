using System.Text.Json;
using Spectre.Console;

namespace ResponseKit.Cli.Replay.Output;

/// <summary>Writes the report in the form that was asked for.</summary>
internal static class ReplayOutput
{
    /// <summary>The forms there are; the first is the default.</summary>
    public static readonly string[] Formats = ["table", "json", "ndjson", "markdown"];

    public static async Task WriteAsync(ReplayResult result, string format, bool explain, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var writer = console.Profile.Out.Writer;
        switch (format)
        {
            case "json":
                await writer.WriteLineAsync(JsonSerializer.Serialize(ReportBuilder.Report(result), ReplayJsonContext.Default.ReplayReport).AsMemory(), cancellationToken);
                break;
            case "ndjson":
                foreach (var line in ReportBuilder.Lines(result))
                    await writer.WriteLineAsync(JsonSerializer.Serialize(line, ReplayJsonContext.Default.ReportLine).AsMemory(), cancellationToken);
                break;
            case "markdown":
                await writer.WriteAsync(ReplayMarkdown.Write(result).AsMemory(), cancellationToken);
                break;
            default:
                new ReplayScreen(console).Show(result, explain);
                break;
        }

        await writer.FlushAsync(cancellationToken);
    }
}
