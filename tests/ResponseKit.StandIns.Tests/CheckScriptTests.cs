using System.Diagnostics;
using System.IO.Compression;

namespace ResponseKit.StandIns.Tests;

/// <summary>standins/check, asked of a folder of packages that stands for a registry.</summary>
public sealed class CheckScriptTests : IDisposable
{
    private readonly string feed = Directory.CreateTempSubdirectory("responsekit-feed-").FullName;

    [Fact]
    public async Task What_the_registry_serves_could_be_dropped_and_the_rest_stays()
    {
        Offer("AWSSDK.ECS", Named("AWSSDK.ECS"));
        Offer("AWSSDK.Lambda", "99.0.0");
        Offer("AWSSDK.AutoScaling", "0.9.0");

        var (code, said) = await CheckAsync(feed);

        Assert.Equal(0, code);
        Assert.Contains("served: drop the stand-in (git rm -r standins/AWSSDK.ECS)", Line(said, "AWSSDK.ECS"), StringComparison.Ordinal);
        Assert.Contains("served in other versions, newest 99.0.0", Line(said, "AWSSDK.Lambda"), StringComparison.Ordinal);
        Assert.Contains("served only up to 0.9.0: the stand-in stays", Line(said, "AWSSDK.AutoScaling"), StringComparison.Ordinal);
        Assert.Contains("not served: the stand-in stays", Line(said, "AWSSDK.IdentityManagement"), StringComparison.Ordinal);
        Assert.Equal(StandIns.Order(StringComparer.Ordinal), said.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_registry_that_cannot_be_asked_is_no_registry_without_packages()
    {
        var (code, said) = await CheckAsync("http://127.0.0.1:1/index.json");

        Assert.Equal(1, code);
        Assert.All(StandIns, name => Assert.Contains("no answer: ", Line(said, name), StringComparison.Ordinal));
    }

    [Fact]
    public void Each_stand_in_says_what_it_was_checked_against_and_why_its_version() => Assert.All(StandIns, name =>
    {
        var text = File.ReadAllText(Path.Combine(OfficialPackagesTests.Root(), "standins", name, "README.md"));
        Assert.Contains("Checked against ", text, StringComparison.Ordinal);
        Assert.Contains($"Version {Named(name)}", text, StringComparison.Ordinal);
    });

    public void Dispose() => Directory.Delete(feed, recursive: true);

    private static IEnumerable<string> StandIns => Directory.EnumerateFiles(Path.Combine(OfficialPackagesTests.Root(), "standins"), "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => !name.StartsWith("ResponseKit", StringComparison.Ordinal));

    private static string Named(string package) => System.Xml.Linq.XDocument.Load(Path.Combine(OfficialPackagesTests.Root(), "Directory.Packages.props"))
        .Descendants("PackageVersion").Single(version => version.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

    private static string Line(IEnumerable<string> said, string package) => said.Single(line => line.StartsWith(package + " ", StringComparison.Ordinal));

    private static async Task<(int Code, IReadOnlyList<string> Said)> CheckAsync(string source)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(OfficialPackagesTests.Root(), "standins", "check"), "--source", source]) { RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    // A package is a zip archive with its description.
    private void Offer(string id, string version)
    {
        using var package = ZipFile.Open(Path.Combine(feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using var writer = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
        writer.Write($"""
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>{version}</version><authors>a test</authors><description>a test</description></metadata>
            </package>
            """);
    }
}
