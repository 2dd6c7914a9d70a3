using ResponseKit.Aws.Actions;

namespace ResponseKit.Conventions.Tests;

/// <summary>Runbooks are read at two in the morning: all look the same.</summary>
public sealed class RunbookTests
{
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
        Assert.DoesNotContain(names.Where(name => name != "_template"), name => ActionCatalogue.Find(name) is null);
    }

    /// <summary>The lines that begin with #, without the comments of shell commands in fenced blocks.</summary>
    private static IEnumerable<string> Headings(string name)
    {
        var text = Repository.Read("runbooks", name + ".md").Split("\n```");
        return text.Where((_, at) => at % 2 == 0).SelectMany(part => part.Split('\n')).Select(line => line.TrimEnd()).Where(line => line.StartsWith('#'));
    }
}
