using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>Scenarios are read at two in the morning, on whatever shell there is: all look the same, and their commands can be pasted.</summary>
public sealed partial class ScenarioTests
{
    private static readonly string[] Headings = ["Decide first", "Do", "Good looks like", "Can go wrong", "Undo", "ResponseKit"];

    public static TheoryData<string> Scenarios => [.. Directory.GetFiles(Repository.PathOf("runbooks", "scenarios"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    public static TheoryData<string> Runbooks =>
        [.. Directory.GetFiles(Repository.PathOf("runbooks"), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.PathOf("runbooks"), file))];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_has_its_headings_in_their_order_and_says_something_under_each(string name)
    {
        var sections = Text(name).Split("\n## ").Skip(1).Select(section => section.Split('\n', 2)).ToList();

        Assert.Equal(Headings, sections.Select(section => section[0]));
        Assert.All(sections, section => Assert.True(section[1].Trim().Length > 40, section[0]));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_index_leads_to_every_scenario(string name) =>
        Assert.Contains($"(scenarios/{name}.md)", Repository.Read("runbooks", "README.md"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_is_short(string name) => Assert.InRange(Text(name).Split('\n').Length, 30, 150);

    // zsh takes # for a command where it is pasted, and does not split variables; BSD's tools do not know the options of GNU's.
    [Theory]
    [MemberData(nameof(Runbooks))]
    public void What_is_pasted_works_in_zsh_and_with_the_tools_of_macOS(string file)
    {
        foreach (var line in Commands(Repository.Read("runbooks", file)))
        {
            Assert.False(Comment().IsMatch(line), $"{file}: a comment in a block, which zsh takes for words: {line}");
            Assert.False(Splitting().IsMatch(line), $"{file}: zsh does not split a variable into words: {line}");
            Assert.False(GnuOnly().IsMatch(line), $"{file}: not every system has this: {line}");
            Assert.False(ZshsOwn().IsMatch(line), $"{file}: a variable that zsh uses itself: {line}");
            Assert.True(!line.Contains("date -u -d", StringComparison.Ordinal) || line.Contains("date -u -v", StringComparison.Ordinal), $"{file}: date of GNU alone: {line}");
        }
    }

    [Fact]
    public void What_would_not_work_elsewhere_is_noticed()
    {
        Assert.Matches(Comment(), "aws iam list-users   # all");
        Assert.Matches(Splitting(), "for x in $IDS; do");
        Assert.Matches(GnuOnly(), "aws x y | xargs -r aws z");
        Assert.Matches(ZshsOwn(), "path=/tmp");
        Assert.DoesNotMatch(Comment(), "aws iam get-user --query 'a#b'");
        Assert.DoesNotMatch(Splitting(), "for x in $(aws ecs list-clusters); do");
    }

    private static string Text(string name) => Repository.Read("runbooks", "scenarios", name + ".md");

    private static IEnumerable<string> Commands(string text) => text.Split("\n```").Where((part, at) => at % 2 == 1 && !part.StartsWith("json", StringComparison.Ordinal))
        .SelectMany(part => part.Split('\n').Skip(1));

    [GeneratedRegex(@"(^|\s)#")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bin \$[A-Za-z_]|--[a-z-]+ \$[A-Za-z_]")]
    private static partial Regex Splitting();

    [GeneratedRegex(@"xargs -r|sed -i|grep -P|readlink -f|base64 -w|\breadarray\b|\bmapfile\b|\btac\b|stat -c|date --|timeout \d")]
    private static partial Regex GnuOnly();

    [GeneratedRegex(@"^\s*(path|status|options|commands|functions|argv|UID|GID|EUID|USERNAME|prompt)=")]
    private static partial Regex ZshsOwn();
}
