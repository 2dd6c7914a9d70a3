using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>A rule that is off says why, where it is switched off.</summary>
public sealed partial class AnalyzerTests
{
    private static readonly string[] Folders = ["src", "infra", "emulator", "standins", "tests", "bench"];

    [Fact]
    public void A_rule_that_is_off_everywhere_has_its_reason_above_it() => Assert.Empty(Unreasoned(Repository.Read(".editorconfig")));

    [Theory]
    [InlineData("# Because.\ndotnet_diagnostic.CA1000.severity = none\n", 0)]
    [InlineData("dotnet_diagnostic.CA1000.severity = none\n", 1)]
    [InlineData("# Because.\ndotnet_diagnostic.CA1000.severity = none\ndotnet_diagnostic.CA1001.severity = silent\n", 1)]
    [InlineData("#\ndotnet_diagnostic.CA1000.severity = suggestion\n", 1)]
    [InlineData("dotnet_analyzer_diagnostic.category-Style.severity = none\n", 1)]
    [InlineData("dotnet_diagnostic.CA1000.severity = warning\n", 0)]
    public void A_reason_that_is_missing_is_seen(string text, int missing) => Assert.Equal(missing, Unreasoned(text).Count());

    [Fact]
    public void A_rule_that_is_off_in_some_projects_is_named_in_a_comment_with_its_reason()
    {
        var files = Folders.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "Directory.*"));
        var missing = files.SelectMany(file =>
        {
            var text = File.ReadAllText(file);
            var reasons = string.Join('\n', Comments().Matches(text).Select(match => match.Value));
            return NoWarn().Matches(text).SelectMany(match => match.Groups[1].Value.Split(';', ','))
                .Where(rule => rule.Length > 0 && !rule.StartsWith("$(", StringComparison.Ordinal) && !reasons.Contains(rule, StringComparison.Ordinal))
                .Select(rule => $"{Path.GetFileName(file)}: {rule}");
        });
        Assert.Empty(missing);
    }

    [Fact]
    public void A_rule_that_is_off_for_some_lines_has_its_reason_behind_it()
    {
        var missing = Folders.SelectMany(Repository.Sources).Where(file => !file.EndsWith("/AnalyzerTests.cs", StringComparison.Ordinal))
            .SelectMany(file => Pragmas().Matches(Repository.Read(file)).Where(match => match.Groups[1].Value.Trim().Length < "because".Length).Select(match => $"{file}: {match.Value.Trim()}"))
            .Concat(Folders.SelectMany(Repository.Sources).Where(file => Suppressions().Matches(Repository.Read(file)).Any(match => !match.Value.Contains("Justification", StringComparison.Ordinal))));
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Unreasoned(string text)
    {
        var lines = text.Split('\n');
        return lines.Where((line, index) => Off().IsMatch(line) && (index == 0 || !Reason().IsMatch(lines[index - 1])));
    }

    [GeneratedRegex(@"^dotnet_(analyzer_)?diagnostic\..*severity\s*=\s*(none|silent|suggestion|default)")]
    private static partial Regex Off();

    [GeneratedRegex(@"^#\s*\w+")]
    private static partial Regex Reason();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex("<NoWarn[^>]*>([^<]*)</NoWarn>")]
    private static partial Regex NoWarn();

    [GeneratedRegex(@"^\s*#pragma warning disable[^\n/]*(?://([^\n]*))?$", RegexOptions.Multiline)]
    private static partial Regex Pragmas();

    [GeneratedRegex(@"\[(?:assembly: |module: )?(?:Unconditional)?SuppressMessage\([^\]]*\]")]
    private static partial Regex Suppressions();
}
