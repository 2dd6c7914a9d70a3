using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>Decisions are found from one page, which says whether they still hold.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void Every_decision_is_listed_with_its_title_and_its_status()
    {
        var listed = Repository.Read("docs", "decisions", "README.md").Split('\n').Where(line => line.StartsWith("| [", StringComparison.Ordinal)).ToList();
        var expected = Directory.GetFiles(Repository.PathOf("docs", "decisions"), "0*.md").Order(StringComparer.Ordinal).Select(file =>
        {
            var number = int.Parse(Path.GetFileName(file)[..4], System.Globalization.CultureInfo.InvariantCulture);
            return $"| [{number}]({Path.GetFileName(file)}) | {File.ReadLines(file).First()[$"# {number}. ".Length..]} | ";
        });
        Assert.Equal(expected, listed.Select(line => line[..(line.LastIndexOf(" | ", StringComparison.Ordinal) + 3)]));
        Assert.All(listed, line => Assert.Contains(" | accepted", line, StringComparison.Ordinal));
    }
}
