using System.Reflection;
using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>The version is that of the newest tag. Nobody writes it into a file.</summary>
public sealed partial class VersionTests
{
    private const string Project = "src/ResponseKit.Cli/ResponseKit.Cli.csproj";

    [Fact]
    public async Task It_is_that_of_the_newest_tag_counted_on_by_commits()
    {
        using var copy = new ProjectCopy();
        await GitAsync(copy, "init", "--quiet");
        await CommitAsync(copy);
        Assert.Equal("0.1.0-preview.0", await VersionAsync(copy));
        await GitAsync(copy, "tag", "v1.2.3");
        Assert.Equal("1.2.3", await VersionAsync(copy));
        await CommitAsync(copy);
        Assert.Equal("1.2.4-preview.0.1", await VersionAsync(copy));
    }

    [Fact]
    public async Task Sources_without_their_history_say_that_they_have_no_version()
    {
        using var copy = new ProjectCopy();
        Assert.Equal("0.0.0-unversioned", await VersionAsync(copy));
    }

    [Fact]
    public void The_functions_have_none_because_it_would_deploy_them_with_every_commit()
    {
        var text = Product.Functions.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal("1.0.0", text);
        Assert.All([Product.Core, Product.Aws], assembly => Assert.Equal(text, assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion));
    }

    [Fact]
    public void The_change_log_begins_with_what_is_unreleased_and_goes_back_in_time()
    {
        var headings = Repository.Read("CHANGELOG.md").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToList();
        Assert.Equal("## [Unreleased]", headings[0]);
        var dates = headings.Skip(1).Select(heading => Release().Match(heading)).ToList();
        Assert.All(dates, match => Assert.True(match.Success, "A release is written '## [1.2.3] - 2026-11-30'."));
        Assert.Equal(dates.Select(match => match.Groups[1].Value).OrderDescending(StringComparer.Ordinal), dates.Select(match => match.Groups[1].Value));
        // The kinds of https://keepachangelog.com/en/1.1.0/.
        Assert.All(
            Repository.Read("CHANGELOG.md").Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)),
            line => Assert.Contains(line[4..], (string[])["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]));
    }

    private static async Task<string> VersionAsync(ProjectCopy copy)
    {
        var restored = await copy.RunAsync("dotnet", "restore", Project, "-p:NuGetAudit=false", "-v:quiet");
        Assert.True(restored.Code == 0, restored.Output);
        var (code, output) = await copy.RunAsync("dotnet", "msbuild", Project, "-nologo", "-t:GetAssemblyVersion", "-getProperty:Version");
        Assert.True(code == 0, output);
        return output.Trim();
    }

    private static Task CommitAsync(ProjectCopy copy) =>
        GitAsync(copy, "-c", "user.name=someone", "-c", "user.email=someone@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "-m", "Change something");

    private static async Task GitAsync(ProjectCopy copy, params string[] arguments)
    {
        var (code, output) = await copy.RunAsync("git", arguments);
        Assert.True(code == 0, output);
    }

    [GeneratedRegex(@"^## \[\d+\.\d+\.\d+\] - (\d{4}-\d{2}-\d{2})$")]
    private static partial Regex Release();
}
