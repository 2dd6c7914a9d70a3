using System.Text.Json;
using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

public sealed partial class WorkflowTests
{
    private const string Sound = """
        on: [push]
        permissions:
          contents: read
        jobs:
          run:
            timeout-minutes: 5
            steps:
              - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v1.2.3
                with:
                  persist-credentials: false
              - run: .ci/run
        """;

    // What comes with .NET's command line; all else is in the tool manifest.
    private static readonly string[] OfTheSdk = ["build", "format", "msbuild", "pack", "publish", "restore", "run", "test", "tool", "--version"];

    public static TheoryData<string> Workflows => [.. Files];

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Repository.PathOf(".github", "workflows")).Select(file => Path.GetFileName(file));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_runs_what_is_pinned_with_the_rights_that_it_needs(string file) => Assert.Empty(WorkflowRules.Problems(Workflow(file), IsCommand));

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef01234567 # v1.2.3", "v1", "is not pinned")]
    [InlineData("01234567 # v1.2.3", "01234567 # v1", "is not pinned")]
    [InlineData(" # v1.2.3", "", "is not pinned")]
    [InlineData("[push]", "pull_request_target", "a stranger's change")]
    [InlineData("[push]", "[push, pull_request_target]", "a stranger's change")]
    [InlineData("contents: read", "contents: write", "may write contents")]
    [InlineData("permissions:\n  contents: read", "permissions: write-all", "may 'write-all'")]
    [InlineData("permissions:\n  contents: read\n", "", "does not say what it may do")]
    [InlineData("timeout-minutes: 5", "permissions: { packages: write }", "may write packages")]
    [InlineData("timeout-minutes: 5", "name: slow", "no time limit")]
    [InlineData("persist-credentials: false", "persist-credentials: true", "leaves its credentials")]
    [InlineData("persist-credentials: false", "fetch-depth: 0", "leaves its credentials")]
    [InlineData(".ci/run", ".ci/gone", "runs what is not there")]
    [InlineData(".ci/run", "echo ${{ github.event.pull_request.title }}", "put together from values")]
    [InlineData("  run:\n    timeout", "  draft:\n    permissions: { contents: write }\n    timeout", "has its code at hand")]
    public void What_must_not_be_is_seen(string before, string after, string problem)
    {
        Assert.Empty(WorkflowRules.Problems(Sound, IsCommand));
        Assert.Contains(before, Sound, StringComparison.Ordinal);
        Assert.Contains(WorkflowRules.Problems(Sound.Replace(before, after, StringComparison.Ordinal), IsCommand), found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void An_action_is_the_same_wherever_it_is_used()
    {
        var pins = Files.SelectMany(file => WorkflowRules.Pins(Workflow(file))).Distinct().ToList();
        Assert.Equal(pins.DistinctBy(pin => pin.Action), pins);
        Assert.NotEmpty(pins);
    }

    [Fact]
    public void One_workflow_runs_all_that_must_hold_and_one_makes_the_release()
    {
        Assert.Equal([".ci/run"], WorkflowRules.Commands(Workflow("ci.yml")));
        Assert.Equal(".ci/pack", WorkflowRules.Commands(Workflow("pack.yml")).First());
    }

    // A misspelt file would be signed as well: as nothing.
    [Fact]
    public void What_is_signed_is_what_is_packed()
    {
        var made = Repository.Read(".ci", "pack");
        var parts = Parts().Match(made).Groups[1].Value.Split(' ');
        Assert.All(parts, part => Assert.True(File.Exists(Repository.PathOf("src", $"ResponseKit.{part}", $"ResponseKit.{part}.csproj"))));
        Assert.Contains("release=artifacts/release\n", made, StringComparison.Ordinal);
        Assert.Contains("--filename \"ResponseKit.$part.cdx.json\"", made, StringComparison.Ordinal);
        Assert.Equal(
            parts.Select(part => $"artifacts/release/ResponseKit.{part}.cdx.json"), Sboms().Matches(Workflow("pack.yml")).Select(match => match.Groups[1].Value));
        Assert.All(Subjects().Matches(Workflow("pack.yml")), match => Assert.Contains(match.Groups[1].Value, (string[])["*", "*.nupkg", "*.zip"]));
    }

    [Fact]
    public void A_script_runs_only_tools_that_the_manifest_pins()
    {
        using var manifest = JsonDocument.Parse(Repository.Read(".config", "dotnet-tools.json"));
        var pinned = manifest.RootElement.GetProperty("tools").EnumerateObject().SelectMany(tool => tool.Value.GetProperty("commands").EnumerateArray()).Select(command => command.GetString()!["dotnet-".Length..]);
        var run = Directory.EnumerateFiles(Repository.PathOf(".ci")).SelectMany(file => DotnetCommands().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);
        Assert.Empty(run.Except([.. OfTheSdk, .. pinned]));
    }

    private static string Workflow(string file) => Repository.Read(".github", "workflows", file).ReplaceLineEndings("\n");

    private static bool IsCommand(string program) =>
        program is "gh" || (program.StartsWith(".ci/", StringComparison.Ordinal) && IsExecutable(Repository.PathOf(program.Split('/'))));

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute));

    [GeneratedRegex(@"^for part in ([\w ]+); do$", RegexOptions.Multiline)]
    private static partial Regex Parts();

    [GeneratedRegex(@"sbom-path: (\S+)")]
    private static partial Regex Sboms();

    [GeneratedRegex(@"subject-path: artifacts/release/(\S+)")]
    private static partial Regex Subjects();

    [GeneratedRegex(@"\bdotnet ([\w-]+)")]
    private static partial Regex DotnetCommands();
}
