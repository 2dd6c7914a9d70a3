using System.Diagnostics;
using System.Text.Json;

namespace ResponseKit.StandIns.Tests;

/// <summary>The switch between stand-ins and official packages, asked of the build itself.</summary>
public sealed class OfficialPackagesTests
{
    private static readonly string[] Swapped = ["AWSSDK.IdentityManagement", "AWSSDK.ECS", "AWSSDK.AutoScaling", "AWSSDK.Lambda", "AWSSDK.SimpleNotificationService"];

    [Fact]
    public async Task Official_mode_takes_every_package_from_the_registry()
    {
        var (packages, projects) = await ReferencesAsync("-p:AwsPackages=official");

        Assert.Superset(Swapped.ToHashSet(), packages);
        Assert.DoesNotContain(projects, p => p.Contains("standins", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_default_takes_from_here_what_is_here_and_the_rest_from_the_registry()
    {
        var (packages, projects) = await ReferencesAsync();

        Assert.Empty(packages.Intersect(Swapped));
        Assert.Subset(projects.Select(Path.GetFileNameWithoutExtension).ToHashSet()!, Swapped.ToHashSet());
        Assert.Superset(new HashSet<string> { "AWSSDK.Core", "AWSSDK.DynamoDBv2", "AWSSDK.EC2", "AWSSDK.KeyManagementService", "AWSSDK.S3", "AWSSDK.SecurityToken" }, packages);
    }

    private static async Task<(HashSet<string> Packages, HashSet<string> Projects)> ReferencesAsync(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "msbuild", Path.Combine(Root(), "src", "ResponseKit.Aws"), "-getItem:PackageReference,ProjectReference" },
            RedirectStandardOutput = true,
        };
        foreach (var option in options)
        {
            start.ArgumentList.Add(option);
        }

        // A test host sets these for its own build; they would lead another one astray.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        var items = JsonDocument.Parse(output).RootElement.GetProperty("Items");
        return (Identities(items, "PackageReference"), Identities(items, "ProjectReference"));
    }

    private static HashSet<string> Identities(JsonElement items, string kind) =>
        items.GetProperty(kind).EnumerateArray().Select(i => i.GetProperty("Identity").GetString()!).ToHashSet();

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ResponseKit.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("ResponseKit.sln is in no folder above the tests");
    }
}
