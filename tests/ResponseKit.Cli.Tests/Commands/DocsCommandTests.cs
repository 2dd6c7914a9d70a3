using System.CommandLine;
using ResponseKit.Cli.Commands;

namespace ResponseKit.Cli.Tests.Commands;

public sealed class DocsCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("responsekit-").FullName;

    private string Catalogue => Path.Combine(folder, "catalogue.md");

    [Fact]
    public async Task Writes_a_catalogue_that_its_check_accepts()
    {
        var written = await RunAsync("--to", Catalogue);
        var check = await RunAsync("--to", Catalogue, "--check");

        Assert.Equal(0, written.ExitCode);
        Assert.Matches(@"^Wrote .*: \d+ detections, \d+ actions\.", written.Output);
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("up to date", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_fails_for_a_changed_file_and_leaves_it()
    {
        await File.WriteAllTextAsync(Catalogue, "# Catalogue\n");

        var check = await RunAsync("--to", Catalogue, "--check");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("dotnet run --project src/ResponseKit.Cli -- docs", check.Errors, StringComparison.Ordinal);
        Assert.Equal("# Catalogue\n", await File.ReadAllTextAsync(Catalogue));
    }

    [Fact]
    public async Task The_check_fails_for_a_missing_file() => Assert.Equal(1, (await RunAsync("--to", Catalogue, "--check")).ExitCode);

    [Fact]
    public async Task Says_what_to_do_when_the_file_cannot_be_written()
    {
        var run = await RunAsync("--to", Path.Combine(folder, "no-such-folder", "catalogue.md"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("could not be written", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--to", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = errors };
        var code = await DocsCommand.Create().Parse(arguments).InvokeAsync(configuration, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }
}
