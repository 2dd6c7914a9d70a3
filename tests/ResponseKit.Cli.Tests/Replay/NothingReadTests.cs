using ResponseKit.Cli.Tests.Drill;
using static ResponseKit.Cli.Tests.Replay.LogFolder;

namespace ResponseKit.Cli.Tests.Replay;

/// <summary>Where nothing was judged, nobody is told that there are no incidents.</summary>
public sealed class NothingReadTests : IDisposable
{
    private readonly LogFolder logs = new();

    [Theory]
    [InlineData("{\"Records\":[]}", "no CloudTrail record was found in 1 file")]
    [InlineData("{\"Records\":[{\"foo\":1}]}", "it holds no CloudTrail records but objects with the members foo")]
    [InlineData("{\"class_uid\":6003}", "it holds no CloudTrail records but OCSF events")]
    public async Task A_file_without_records_is_no_peace(string text, string reason)
    {
        logs.Write("log.json", text);

        var (code, output, _) = await CommandLine.RunAsync(logs.Root, "replay", "log.json");

        Assert.Equal(2, code);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.Contains("Nothing was judged", output, StringComparison.Ordinal);
        Assert.DoesNotContain("No incidents", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_no_peace()
    {
        Directory.CreateDirectory(logs.At("AWSLogs/empty"));

        var (code, output, _) = await CommandLine.RunAsync(logs.Root, "replay", "AWSLogs");

        Assert.Equal(2, code);
        Assert.Contains("Skipped AWSLogs: there is no file in this folder", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was judged: no CloudTrail record was found in 0 files.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_other_times_are_no_peace()
    {
        logs.Write("log.json", Log(Record("a"), Record("b")));

        var (code, output, _) = await CommandLine.RunAsync(logs.Root, "replay", "log.json", "--from", "2024-11-02", "--to", "2024-11-03");

        Assert.Equal(2, code);
        Assert.Contains("all 2 records that detections listen to lie outside of --from and --to", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_for_programs_say_it_on_standard_error()
    {
        logs.Write("log.json", "{\"Records\":[]}");

        var (code, output, errors) = await CommandLine.RunAsync(logs.Root, "replay", "log.json", "--format", "json");

        Assert.Equal(2, code);
        Assert.StartsWith("{", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was judged", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_nobody_listens_to_are_peace()
    {
        logs.Write("log.json", Log(Record("a", "DescribeInstances")));

        var (code, output, _) = await CommandLine.RunAsync(logs.Root, "replay", "log.json");

        Assert.Equal(0, code);
        Assert.Contains("No incidents.", output, StringComparison.Ordinal);
    }

    public void Dispose() => logs.Dispose();
}
