using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>A package that is named is used: the compiler writes into an assembly only what its code refers to.</summary>
public sealed class PackageUseTests
{
    private static readonly string[] Folders = ["src", "infra", "emulator", "standins", "tests", "bench"];

    // What works while building or testing and is in no assembly.
    private static readonly Dictionary<string, string> AtBuildTime = new(StringComparer.Ordinal)
    {
        ["Microsoft.NET.Test.Sdk"] = "makes a project one that 'dotnet test' runs",
        ["xunit.runner.visualstudio"] = "finds and runs the tests",
        ["MinVer"] = "takes the version from tags",
        ["Meziantou.Analyzer"] = "analyzes",
        ["Microsoft.CodeAnalysis.BannedApiAnalyzers"] = "holds BannedSymbols.txt",
    };

    // Versions without a project that names the package.
    private static readonly Dictionary<string, string> Pinned = new(StringComparer.Ordinal)
    {
        ["FSharp.Core"] = "FsCheck's own, in the version that is restored everywhere",
    };

    public static TheoryData<string> Projects => [.. Files.Where(file => File.Exists(AssemblyOf(file)))];

    private static IEnumerable<string> Files => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_the_packages_that_it_names(string project)
    {
        var used = References(AssemblyOf(project));
        var unused = Named(project).Where(package => !AtBuildTime.ContainsKey(package) && !used.Any(assembly => IsOf(package, assembly)))
            .Select(package => $"{project} names {package}, and no line of it uses that: take the reference out.");
        Assert.Empty(unused);
    }

    [Fact]
    public void The_projects_that_are_deployed_are_looked_at() =>
        Assert.Superset(
            new HashSet<string> { "src/ResponseKit.Aws/ResponseKit.Aws.csproj", "src/ResponseKit.Functions/ResponseKit.Functions.csproj", "infra/ResponseKit.Infra/ResponseKit.Infra.csproj" },
            Files.Where(file => File.Exists(AssemblyOf(file))).ToHashSet());

    [Fact]
    public void Each_version_that_is_kept_is_that_of_a_package_in_use()
    {
        var named = Files.SelectMany(Named).Concat(References(XDocument.Load(Repository.PathOf("Directory.Build.props")))).ToHashSet();
        var kept = XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion").Select(version => version.Attribute("Include")!.Value);
        Assert.Empty(kept.Except(named).Except(Pinned.Keys));
    }

    [Fact]
    public void A_reference_that_nothing_uses_would_be_seen() =>
        Assert.DoesNotContain(References(AssemblyOf("bench/ResponseKit.Bench/ResponseKit.Bench.csproj")), assembly => IsOf("Spectre.Console", assembly));

    private static IEnumerable<string> Named(string project) => References(XDocument.Load(Repository.PathOf(project)));

    private static IEnumerable<string> References(XDocument project) => project.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);

    // Only xunit is a package of several others, and one assembly has another name than its package.
    private static bool IsOf(string package, string assembly) =>
        assembly == package || (package == "xunit" && assembly.StartsWith("xunit.", StringComparison.Ordinal)) || (package == "Fluid.Core" && assembly == "Fluid");

    // Built as this one was: bin/<configuration>/<framework>.
    private static string AssemblyOf(string project)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Repository.PathOf(Path.GetDirectoryName(project)!, "bin", built.Parent!.Name, built.Name, Path.GetFileNameWithoutExtension(project) + ".dll");
    }

    private static List<string> References(string assembly)
    {
        using var stream = File.OpenRead(assembly);
        using var file = new PEReader(stream);
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }
}
