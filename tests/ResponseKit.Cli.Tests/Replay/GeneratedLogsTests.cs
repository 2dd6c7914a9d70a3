using System.Text.Json;
using ResponseKit.Bench.Data;
using ResponseKit.Cli.Tests.Drill;

namespace ResponseKit.Cli.Tests.Replay;

/// <summary>The logs that replaying is measured on are read to the end, and hold what they are said to.</summary>
public sealed class GeneratedLogsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("responsekit-generated-");

    [Fact]
    public async Task Replay_reads_every_record_of_generated_logs_and_finds_each_attack_and_nobody_else()
    {
        var written = await LogGenerator.WriteAsync(At("logs"), bytes: 10_000_000, attacks: 2, CancellationToken.None);

        var (code, output, errors) = await CommandLine.RunAsync(folder.FullName, "replay", "--format", "json", "--verdict", "contain", At("logs"));

        Assert.Equal((1, ""), (code, errors));
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal((written.Files, written.Records), (report.GetProperty("filesRead").GetInt32(), report.GetProperty("recordsRead").GetInt64()));
        Assert.Equal(0, report.GetProperty("skipped").GetArrayLength());
        Assert.Equal(2, report.GetProperty("incidents").GetArrayLength());
        Assert.InRange(written.Bytes, 9_500_000, 10_500_000);
    }

    [Fact]
    public async Task Generated_logs_are_always_the_same()
    {
        await LogGenerator.WriteAsync(At("one"), bytes: 1_000_000, attacks: 1, CancellationToken.None);
        await LogGenerator.WriteAsync(At("two"), bytes: 1_000_000, attacks: 1, CancellationToken.None);

        var names = NamesIn("one");
        Assert.Equal(names, NamesIn("two"));
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(At("one"), name)), File.ReadAllBytes(Path.Combine(At("two"), name))));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(folder.FullName, name);

    private List<string> NamesIn(string name) =>
        [.. Directory.EnumerateFiles(At(name), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(At(name), file)).Order(StringComparer.Ordinal)];
}
