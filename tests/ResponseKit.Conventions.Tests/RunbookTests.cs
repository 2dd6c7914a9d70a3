using System.Text.RegularExpressions;
using ResponseKit.Aws.Actions;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>Runbooks are read at two in the morning: all look the same.</summary>
public sealed partial class RunbookTests
{
    private const string Index = "README";

    public static TheoryData<string> Ids => ActionTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_runbook_has_the_templates_headings_in_their_order(string id) =>
        Assert.Equal(Headings("_template").Skip(1), Headings(id).Skip(1));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_runbook_is_titled_like_its_action(string id) =>
        Assert.Equal($"# {ActionCatalogue.Find(id)!.Descriptor.Title} ({id})", Headings(id).First());

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_runbook_says_something_under_every_heading(string id)
    {
        var sections = Repository.Read("runbooks", id + ".md").Split("\n#").Select(section => section.Split('\n', 2));
        Assert.Empty(sections.Where(section => section.Length < 2 || section[1].Trim().Length < 20).Select(section => section[0]));
        Assert.DoesNotContain("\n<", Repository.Read("runbooks", id + ".md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_runbook_of_an_action_is_of_one_that_exists()
    {
        var names = Directory.GetFiles(Repository.PathOf("runbooks"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file));
        Assert.DoesNotContain(names.Where(name => name is not ("_template" or Index)), name => ActionCatalogue.Find(name) is null);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_index_leads_to_every_runbook(string id) => Assert.Contains($"({id}.md)", Repository.Read("runbooks", Index + ".md"), StringComparison.Ordinal);

    [Fact]
    public void Every_link_of_a_runbook_leads_to_a_file_and_its_heading()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("runbooks"), "*.md", SearchOption.AllDirectories))
        {
            foreach (var link in Link().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Where(link => !link.StartsWith("http", StringComparison.Ordinal)))
            {
                var (path, heading) = link.Split('#') is [var only] ? (only, "") : (link.Split('#')[0], link.Split('#')[1]);
                var target = path.Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, path);
                Assert.True(File.Exists(target), $"{Path.GetFileName(file)} links to {link}, which is not there.");
                Assert.True(heading.Length == 0 || Anchors(target).Contains(heading), $"{Path.GetFileName(file)} links to {link}, and there is no such heading.");
            }
        }
    }

    // As GitHub makes them: lower case, without what is neither letter, digit, space nor hyphen, spaces as hyphens.
    private static IEnumerable<string> Anchors(string file) => File.ReadLines(file).Where(line => line.StartsWith('#'))
        .Select(line => new string([.. line.TrimStart('#').Trim().ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')]).Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    /// <summary>The lines that begin with #, without the comments of shell commands in fenced blocks.</summary>
    private static IEnumerable<string> Headings(string name)
    {
        var text = Repository.Read("runbooks", name + ".md").Split("\n```");
        return text.Where((_, at) => at % 2 == 0).SelectMany(part => part.Split('\n')).Select(line => line.TrimEnd()).Where(line => line.StartsWith('#'));
    }
}
