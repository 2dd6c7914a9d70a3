using System.Text.RegularExpressions;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

/// <summary>What holds together the three files of an action: its source, its tests and its runbook.</summary>
public sealed partial class ActionTests
{
    public static TheoryData<string> Ids => [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)];

    [Fact]
    public void There_are_actions_and_no_two_share_an_id_or_a_title()
    {
        Assert.NotEmpty(ActionCatalogue.All);
        Assert.Distinct(ActionCatalogue.All.Select(action => action.Descriptor.Id));
        Assert.Distinct(ActionCatalogue.All.Select(action => action.Descriptor.Title));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_id_is_the_folder_and_the_class_name(string id)
    {
        var words = Capital().Replace(ClassOf(id), match => (match.Index == 0 ? "" : "-") + match.Value.ToLowerInvariant());
        Assert.Equal(id, $"{FolderOf(id).ToLowerInvariant()}.{words}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_action_has_a_source_file_a_test_file_and_a_runbook(string id)
    {
        string[] files =
        [
            Repository.PathOf("src", "ResponseKit.Aws", "Actions", FolderOf(id), ClassOf(id) + ".cs"),
            Repository.PathOf("tests", "ResponseKit.Aws.Tests", "Actions", FolderOf(id), ClassOf(id) + "Tests.cs"),
            Repository.PathOf("runbooks", id + ".md"),
        ];
        Assert.DoesNotContain(files, file => !File.Exists(file));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_action_is_held_to_the_contract_by_its_tests(string id)
    {
        var tests = Repository.Read("tests", "ResponseKit.Aws.Tests", "Actions", FolderOf(id), ClassOf(id) + "Tests.cs");
        Assert.Contains($"ActionContract<{ClassOf(id)}>", tests, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_an_action_does_because_the_actor_made_the_target_has_a_row_that_says_what_proves_it(string id)
    {
        var action = ActionCatalogue.Find(id)!.Descriptor;
        var made = action.Triggers.Where(trigger => trigger.Relation is LineageRelation.Created or LineageRelation.Detached).Select(trigger => trigger.Kind);
        Assert.All(action.IsDestructive ? made.Append(action.Target) : made, kind => Assert.NotNull(Authorship.Of(kind)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_action_that_cannot_be_undone_is_told_since_when_the_target_is_the_actors_and_takes_a_persons_word(string id)
    {
        var action = ActionCatalogue.Find(id)!.Descriptor;
        if (action.IsDestructive)
            Assert.All((ActionOption[])[AuthorshipOptions.Since, AuthorshipOptions.Vouched], option => Assert.Contains(option, action.Options));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_descriptor_is_written_for_people(string id)
    {
        var action = ActionCatalogue.Find(id)!.Descriptor;
        Assert.False(action.Title.EndsWith('.'), action.Title);
        Assert.EndsWith(".", action.Summary, StringComparison.Ordinal);
        Assert.EndsWith(".", action.BlastRadius, StringComparison.Ordinal);
        if (action.Reversibility is Reversibility.Irreversible irreversible)
            Assert.EndsWith(".", irreversible.Why, StringComparison.Ordinal);
        Assert.Contains(action.Stage, ResponseStage.All);
        Assert.All(action.Triggers, trigger => Assert.NotNull(trigger.Kind));
        Assert.Distinct(action.Options.Select(option => option.Name));
    }

    private static string ClassOf(string id) => ActionCatalogue.Find(id)!.GetType().Name;

    private static string FolderOf(string id) => ActionCatalogue.Find(id)!.GetType().Namespace!.Split('.')[^1];

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
