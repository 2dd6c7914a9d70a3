using System.Text.Json;
using ResponseKit.Cli.Tests.Drill;
using ResponseKit.Scenarios;

namespace ResponseKit.Cli.Tests.Replay;

/// <summary>A scenario's logs in a folder, and the program run on them as a user runs it.</summary>
internal sealed class Logs : IDisposable
{
    private readonly LogFolder folder = new();

    public Logs(string scenario, LogFormat format = LogFormat.CompressedRecords)
        : this(ScenarioCatalogue.Find(scenario), format)
    {
    }

    public Logs(Scenario scenario, LogFormat format)
    {
        foreach (var file in LogFiles.Of(scenario, format))
            Write("logs/" + file.Name, file.Content.Span);
    }

    public string Folder => folder.Root;

    public string Write(string name, ReadOnlySpan<byte> content) => folder.Write(name, content.ToArray());

    public Task<(int Code, string Output, string Errors)> ReplayAsync(params string[] arguments) =>
        CommandLine.RunAsync(Folder, ["replay", "logs", .. arguments]);

    public async Task<(int Code, JsonElement Report)> ReportAsync(params string[] arguments)
    {
        var (code, output, errors) = await ReplayAsync([.. arguments, "--format", "json"]);
        Assert.Equal("", errors);
        return (code, JsonElement.Parse(output));
    }

    public void Dispose() => folder.Dispose();
}
