using System.Text.Json;
using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>What .ci/mutate changes is there, and a score below the threshold fails.</summary>
public sealed class MutationTests
{
    public static TheoryData<string> Parts => [.. Files];

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Repository.PathOf("tests", "ResponseKit.Tests", "mutation"), "*.json").Select(file => Path.GetFileName(file));

    [Theory]
    [MemberData(nameof(Parts))]
    public void It_changes_files_that_are_there_and_breaks_below_80(string part)
    {
        using var document = JsonDocument.Parse(Repository.Read("tests", "ResponseKit.Tests", "mutation", part));
        var config = document.RootElement.GetProperty("stryker-config");
        Assert.Equal(80, config.GetProperty("thresholds").GetProperty("break").GetInt32());
        // Files may move; a pattern that fits none would score full marks.
        Assert.All(config.GetProperty("mutate").EnumerateArray().Select(pattern => pattern.GetString()!), pattern => Assert.Contains(Repository.Sources("src/ResponseKit"), file => Fits(pattern, file)));
        Assert.All(
            config.GetProperty("test-case-filter").GetString()!.Split('|').Select(test => test["FullyQualifiedName~".Length..]),
            name => Assert.Contains(Repository.Sources("tests/ResponseKit.Tests"), file => file.Replace('/', '.').Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_last_scores_are_written_down()
    {
        var scores = Repository.Read("bench", "MUTATION.md");
        Assert.All(Files, part => Assert.Contains($"`{Path.GetFileNameWithoutExtension(part)}`", scores, StringComparison.Ordinal));
    }

    // As Stryker reads it: ** is any number of folders, * any part of a name.
    private static bool Fits(string pattern, string file)
    {
        var regex = Regex.Escape(pattern).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        return Regex.IsMatch(file, $"^{regex}$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }
}
