using System.Text.Json;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>What is restored is what somebody has looked at: lock files name each package by its hash, and CI takes nothing else.</summary>
public sealed class LockFileTests
{
    // Small, and it uses a package.
    private const string Project = "bench/ResponseKit.Bench/ResponseKit.Bench.csproj";

    public static TheoryData<string> Projects => [.. new[] { "src", "infra", "emulator", "standins", "tests", "bench" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_package_of_a_project_is_locked_with_its_hash(string project)
    {
        using var document = JsonDocument.Parse(Repository.Read(Path.GetDirectoryName(project)!, "packages.lock.json"));
        var packages = document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject()).Where(one => one.Value.GetProperty("type").GetString() != "Project");
        Assert.All(packages, package => Assert.False(string.IsNullOrEmpty(package.Value.GetProperty("contentHash").GetString()), package.Name));
    }

    [Fact]
    public async Task In_ci_nothing_is_restored_that_the_lock_file_does_not_name()
    {
        using var copy = new ProjectCopy();
        Assert.Equal((0, ""), (await RestoreAsync(copy, [("CI", "true")])) with { Output = "" });
        var file = copy.PathOf(Project);
        await File.WriteAllTextAsync(file, File.ReadAllText(file).Replace(
            "<PackageReference Include=\"System.CommandLine\" />", "<PackageReference Include=\"System.CommandLine\" /><PackageReference Include=\"Spectre.Console\" />", StringComparison.Ordinal));

        var (code, output) = await RestoreAsync(copy, [("CI", "true")]);

        Assert.NotEqual(0, code);
        Assert.Contains("NU1004", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Spectre", LockFile(copy), StringComparison.Ordinal);
        Assert.Equal(0, (await RestoreAsync(copy, [])).Code);
        Assert.Contains("Spectre", LockFile(copy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_package_under_a_locked_name_is_refused()
    {
        using var copy = new ProjectCopy();
        var hash = JsonDocument.Parse(LockFile(copy)).RootElement.GetProperty("dependencies").GetProperty("net10.0").GetProperty("System.CommandLine").GetProperty("contentHash").GetString()!;
        await File.WriteAllTextAsync(
            copy.PathOf(Path.GetDirectoryName(Project)!, "packages.lock.json"),
            LockFile(copy).Replace(hash, Convert.ToBase64String(new byte[64]), StringComparison.Ordinal));

        var (code, output) = await RestoreAsync(copy, [("CI", "true")]);

        Assert.NotEqual(0, code);
        Assert.Contains("NU1403", output, StringComparison.Ordinal);
    }

    // Packages that are on the machine are enough to build; that nobody can be asked about vulnerabilities is said.
    [Fact]
    public async Task A_registry_that_cannot_be_asked_keeps_nobody_from_building()
    {
        using var copy = new ProjectCopy();
        var (code, output) = await RestoreAsync(copy, [("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "1")], "--source", "https://127.0.0.1:9/index.json");
        Assert.True(code == 0, output);
        Assert.Contains("warning NU1900", output, StringComparison.Ordinal);
    }

    private static string LockFile(ProjectCopy copy) => File.ReadAllText(copy.PathOf(Path.GetDirectoryName(Project)!, "packages.lock.json"));

    private static Task<(int Code, string Output)> RestoreAsync(ProjectCopy copy, IEnumerable<(string, string)> environment, params string[] more) =>
        copy.RunAsync(environment, "dotnet", ["restore", Project, "-v:minimal", .. more]);
}
