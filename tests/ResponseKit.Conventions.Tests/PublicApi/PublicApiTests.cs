using System.Reflection;
using PublicApiGenerator;
using ResponseKit.Detections;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests.PublicApi;

/// <summary>
/// What others may build on is written down beside this file, so that a change of it is seen where a change is reviewed. An addition is an entry in CHANGELOG.md at
/// most; what goes or changes breaks somebody.
/// </summary>
public sealed class PublicApiTests
{
    private const string Refresh = "RESPONSEKIT_WRITE_PUBLIC_API=1 dotnet test tests/ResponseKit.Conventions.Tests --filter FullyQualifiedName~PublicApiTests";

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        // What the compiler says about its own work says nothing to those who build on it.
        ExcludeAttributes = ["System.Runtime.CompilerServices.CompilerGeneratedAttribute", "System.CodeDom.Compiler.GeneratedCodeAttribute", "System.Text.RegularExpressions.GeneratedRegexAttribute"],
        DenyNamespacePrefixes = [],
    };

    public static TheoryData<string> Assemblies => ["ResponseKit"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task It_is_as_it_was_reviewed(string assembly)
    {
        var now = Assembly.Load(assembly).GetExportedTypes().Where(type => !IsDetection(type)).ToArray().GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Repository.PathOf("tests", "ResponseKit.Conventions.Tests", "PublicApi", assembly + ".txt");
        if (Environment.GetEnvironmentVariable("RESPONSEKIT_WRITE_PUBLIC_API") == "1")
            await File.WriteAllTextAsync(file, now);
        var reviewed = await File.ReadAllTextAsync(file);
        Assert.True(now == reviewed.ReplaceLineEndings("\n"), $"What is public in {assembly} has changed:\n{Difference(reviewed, now)}\nIf it is meant, write it down, and commit it:\n    {Refresh}");
    }

    [Fact]
    public void A_difference_is_told_by_its_lines() => Assert.Equal("- int Gone\n+ int New", Difference("class A\nint Gone\n", "class A\nint New\n"));

    // Each is one file, found by itself: nobody names one, and the catalogue lists them.
    private static bool IsDetection(Type type) => type.IsClass && typeof(IConfiguredDetection).IsAssignableFrom(type);

    private static string Difference(string before, string after)
    {
        var (old, now) = (before.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).ToList(), after.Split('\n').Select(line => line.Trim()).ToList());
        return string.Join('\n', old.Except(now).Select(line => $"- {line}").Concat(now.Except(old).Select(line => $"+ {line}")).Take(40));
    }
}
