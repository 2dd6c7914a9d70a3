using System.Text.Json;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>
/// Versions in Directory.Packages.props are not below what packages ask for. With transitive pinning NuGet takes the pinned version without a word, and what
/// is missing in it shows only when it is called.
/// </summary>
public sealed class PackageVersionTests
{
    public static TheoryData<string> Projects => [.. Restored];

    private static IEnumerable<string> Restored => new[] { "src", "emulator", "infra", "tests", "bench", "standins" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => File.Exists(Assets(file)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_package_gets_less_than_it_asks_for(string project) => Assert.Empty(TooLow(File.ReadAllText(Assets(project))));

    [Fact]
    public void The_projects_that_use_packages_are_looked_at() =>
        Assert.Superset(new HashSet<string> { "src/ResponseKit.Aws/ResponseKit.Aws.csproj", "src/ResponseKit.Functions/ResponseKit.Functions.csproj" }, Restored.ToHashSet());

    [Theory]
    [InlineData("[4.0.102.18, 5.0.0)", "4.0.102.17", true)]
    [InlineData("[4.0.102.18, 5.0.0)", "4.0.102.18", false)]
    [InlineData("4.0.102.9", "4.0.102.18", false)]
    [InlineData("4.0.1", "4.0", true)]
    [InlineData("[2.0.0, )", "2.0.0", false)]
    [InlineData("3.0.0-rc.1", "3.0.0", false)]
    [InlineData("(, 1.0]", "0.9", false)]
    public void What_is_too_low_is_seen(string asked, string pinned, bool tooLow)
    {
        var assets = $$"""
            { "targets": { "net10.0": {
              "Some.Client/1.0.0": { "type": "package", "dependencies": { "Some.Core": "{{asked}}", "Some.Project": "1.0.0" } },
              "Some.Core/{{pinned}}": { "type": "package" }
            } } }
            """;

        Assert.Equal(tooLow ? [$"Some.Client/1.0.0 asks for Some.Core {asked} and gets {pinned}: raise Some.Core in Directory.Packages.props."] : [], TooLow(assets));
    }

    private static string Assets(string project) => Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "obj", "project.assets.json");

    private static List<string> TooLow(string assets)
    {
        var found = new List<string>();
        using var document = JsonDocument.Parse(assets);
        foreach (var target in document.RootElement.GetProperty("targets").EnumerateObject().Select(target => target.Value))
        {
            var got = target.EnumerateObject().Where(IsPackage).Select(package => package.Name.Split('/')).ToDictionary(name => name[0], name => name[1], StringComparer.OrdinalIgnoreCase);
            foreach (var package in target.EnumerateObject().Where(IsPackage))
            {
                if (!package.Value.TryGetProperty("dependencies", out var dependencies))
                    continue;
                found.AddRange(
                    from dependency in dependencies.EnumerateObject()
                    let asked = dependency.Value.GetString()!
                    where got.ContainsKey(dependency.Name) && Numbers(got[dependency.Name]) < Numbers(Least(asked))
                    select $"{package.Name} asks for {dependency.Name} {asked} and gets {got[dependency.Name]}: raise {dependency.Name} in Directory.Packages.props.");
            }
        }

        return found;
    }

    private static bool IsPackage(JsonProperty library) => library.Value.GetProperty("type").GetString() == "package";

    // "1.0" and "[1.0, 2.0)" ask for 1.0 or more; "(, 2.0]" for anything up to 2.0. NuGet documentation, "Package versioning".
    private static string Least(string range) => range.TrimStart('[', '(').Split(',')[0].TrimEnd(']', ')').Trim() is { Length: > 0 } least ? least : "0";

    // Four numbers; what is before a release counts as that release.
    private static Version Numbers(string version)
    {
        var numbers = version.Split('-', '+')[0].Split('.').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).Concat([0, 0, 0]).ToArray();
        return new Version(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
