using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>A claim in the threat model, or in the list of invariants, is worth as much as the test that shows it.</summary>
public sealed partial class ThreatModelTests
{
    private const int Columns = 5;

    private static IReadOnlyList<string[]> Rows { get; } =
    [
        .. Repository.Read("docs", "threat-model.md").Split('\n')
            .SkipWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray())
            .Where(cells => cells[0] != "Attempt"),
    ];

    [Fact]
    public void Every_line_of_the_threat_model_fills_every_column() =>
        Assert.Empty(Rows.Where(cells => cells.Length != Columns || cells.Any(cell => cell.Length == 0)).Select(cells => cells[0]));

    [Fact]
    public void Every_line_of_the_threat_model_names_tests_that_exist()
    {
        Assert.NotEmpty(Rows);
        AssertTestsExist(Rows);
    }

    [Fact]
    public void Every_invariant_of_the_reliability_page_names_tests_that_exist()
    {
        var invariants = Repository.Read("docs", "reliability.md").Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray())
            .Where(cells => cells[0] != "Invariant").ToList();
        Assert.NotEmpty(invariants);
        Assert.All(invariants, cells => Assert.Equal(2, cells.Length));
        AssertTestsExist(invariants);
    }

    private static void AssertTestsExist(IEnumerable<string[]> rows)
    {
        var tests = Repository.Sources("tests").SelectMany(TestsOf).ToHashSet(StringComparer.Ordinal);
        Assert.All(rows, cells =>
        {
            var named = TestName().Matches(cells[^1]).Select(match => match.Groups[1].Value).ToList();
            Assert.True(named.Count > 0, $"'{cells[0]}' names no test as `Class.Method`.");
            Assert.All(named, name => Assert.True(tests.Contains(name), $"'{cells[0]}' names the test {name}, which does not exist."));
        });
    }

    private static IEnumerable<string> TestsOf(string file)
    {
        var text = Repository.Read(file.Split('/'));
        return from type in TypeName().Matches(text)
               from method in Method().Matches(text)
               select $"{type.Groups[1].Value}.{method.Groups[1].Value}";
    }

    [GeneratedRegex(@"`(\w+\.\w+)`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();

    [GeneratedRegex(@"\bclass (\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^    public (?:async )?(?:Task|void) (\w+)\(", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Method();
}
