using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Policy;
using static ResponseKit.Tests.Correlation.Blame.Story;

namespace ResponseKit.Tests.Correlation.Blame;

/// <summary>A culprit does not get away behind whom he opened or made, however he spreads what he does.</summary>
public sealed class CulpritTests
{
    private const string Key = "AKIATHIEF00000000000";

    [Theory]
    [InlineData(Office, "aws-cli")]
    [InlineData(Office, "Boto3")]
    [InlineData(Elsewhere, "Boto3")]
    public void A_stolen_key_whose_only_act_is_to_open_a_session_leads_to_its_user(string address, string agent)
    {
        var story = new Story().Opens(User("ci-bot"), Key, 0, "ASIASESSION000000000", "role/admin x").Mines(Role("admin"), "ASIASESSION000000000", 5, address, agent);

        Assert.Equal([User("ci-bot").Key], story.Contained());
        Assert.Equal([Role("admin").Key, User("ci-bot").Key], story.ActorsOf(User("ci-bot").Key));
    }

    [Fact]
    public void Sessions_opened_out_of_sessions_lead_to_whoever_began() => Assert.Equal(
        [User("ci-bot").Key],
        new Story().Opens(User("ci-bot"), Key, 0, "ASIAFIRST00000000000", "role/one x").Opens(Role("one"), "ASIAFIRST00000000000", 1, "ASIASECOND0000000000", "role/two y")
            .Makes(Role("two"), "ASIASECOND0000000000", 2, User("backup")).Mines(User("backup"), "AKIABACKUP0000000000", 3).Contained());

    [Fact]
    public void Whoever_takes_another_name_goes_on_in_the_same_case()
    {
        var self = new Story().Does(User("ci-bot"), Key, 0, SignalCategory.PermissionProbing, 30).Renames(User("ci-bot"), Key, 1, User("ci-bot"), User("old-bot"))
            .Does(User("old-bot"), Key, 2, SignalCategory.Provisioning, 45, Elsewhere, "Boto3").Does(User("old-bot"), Key, 3, SignalCategory.Obstruction, 40, Elsewhere, "Boto3");
        var made = new Story().Makes(User("ci-bot"), Key, 0, User("backup")).Renames(User("ci-bot"), Key, 1, User("backup"), User("service"))
            .Mines(User("service"), "AKIABACKUP0000000000", 2);

        Assert.Equal([User("ci-bot").Key], self.Contained());
        Assert.Equal([User("ci-bot").Key], made.Contained());
    }

    [Fact]
    public void Whoever_had_the_name_before_is_not_blamed_for_who_takes_it()
    {
        var story = new Story().Does(User("ana"), "AKIAANA0000000000000", 0, SignalCategory.Provisioning, 5).Renames(User("mallory"), Key, 1, User("ana"), User("ana-old"))
            .Renames(User("mallory"), Key, 1.05, User("mallory"), User("ana")).Mines(User("ana"), Key, 2)
            .Does(User("ana-old"), "AKIAANA0000000000000", 3, SignalCategory.Provisioning, 5);

        Assert.Equal([User("mallory").Key], story.Contained());
        Assert.DoesNotContain(User("ana-old").Key, story.ActorsOf(User("mallory").Key));
    }

    [Fact]
    public void What_the_same_hands_do_under_many_names_is_one()
    {
        var story = new Story();
        foreach (var (number, category) in new[] { SignalCategory.PermissionProbing, SignalCategory.Provisioning, SignalCategory.Persistence, SignalCategory.Obstruction }.Index())
        {
            story.Opens(User("ci-bot"), Key, 0, $"ASIASESSION{number}00000000", $"role/r{number} x")
                .Does(Role($"r{number}"), $"ASIASESSION{number}00000000", number + 1, category, 30);
        }

        Assert.Equal([User("ci-bot").Key], story.Contained());
        Assert.Equal(5, story.ActorsOf(User("ci-bot").Key).Count());
    }

    [Fact]
    public void Users_made_by_the_same_hands_are_one_with_their_maker()
    {
        var story = new Story();
        foreach (var (number, category) in new[] { SignalCategory.PermissionProbing, SignalCategory.Provisioning, SignalCategory.Persistence, SignalCategory.Obstruction }.Index())
            story.Makes(User("ci-bot"), Key, 0, User($"u{number}")).Does(User($"u{number}"), $"AKIAUSER{number}00000000000", number + 1, category, 30);

        Assert.Equal([User("ci-bot").Key], story.Contained());
    }

    [Fact]
    public void An_administrator_made_minutes_ago_and_used_elsewhere_leads_to_who_made_him() => Assert.Equal(
        [User("ci-bot").Key],
        new Story().Makes(User("ci-bot"), Key, 0, User("backup")).Elevates(User("ci-bot"), Key, 1, User("backup"))
            .Mines(User("backup"), "AKIABACKUP0000000000", 5, Elsewhere, "Boto3").Contained());

    [Theory]
    [InlineData("198.51.100.77", "aws-cli", true)]
    [InlineData("198.51.101.5", "aws-cli", false)]
    [InlineData("198.51.100.77", "Boto3", false)]
    public void A_user_made_minutes_ago_leads_to_its_maker_where_the_same_program_is_on_a_neighbouring_address(string address, string agent, bool leads) => Assert.Equal(
        [leads ? User("ci-bot").Key : User("backup").Key],
        new Story().Makes(User("ci-bot"), Key, 0, User("backup")).Mines(User("backup"), "AKIABACKUP0000000000", 5, address, agent).Contained());

    [Fact]
    public void Whoever_is_a_stranger_himself_is_no_broker()
    {
        var story = new Story();
        for (var number = 0; number < 6; number++)
            story.Opens(User("ci-bot"), Key, number / 10.0, $"ASIASESSION{number}00000000", $"role/r{number} x");
        story.Does(User("ci-bot"), Key, 1, SignalCategory.PermissionProbing, 20).Does(User("ci-bot"), Key, 2, SignalCategory.Persistence, 30)
            .Mines(Role("r3"), "ASIASESSION300000000", 5, Elsewhere, "Boto3");

        Assert.Equal([User("ci-bot").Key], story.Contained());
    }

    [Fact]
    public void A_role_open_to_outsiders_leads_to_who_opened_it() => Assert.Equal(
        [User("ci-bot").Key],
        new Story().Makes(User("ci-bot"), Key, 0, Role("support"), RoleTrust.Outsiders).Mines(Role("support"), "ASIAOUTSIDER00000000", 5, Elsewhere, "Boto3").Contained());

    [Fact]
    public void A_role_for_insiders_leads_to_its_maker_where_it_is_used_from_his_place()
    {
        Story Made(string address) =>
            new Story().Makes(User("ci-bot"), Key, 0, Role("ops"), RoleTrust.Insiders).Mines(Role("ops"), "ASIAINSIDER000000000", 5, address);

        Assert.Equal([User("ci-bot").Key], Made(Office).Contained());
        Assert.Equal([Role("ops").Key], Made(Elsewhere).Contained());
    }

    [Fact]
    public void A_key_made_for_somebody_else_and_used_by_the_same_hands_leads_to_who_made_it()
    {
        var story = new Story().MakesKey(User("ci-bot"), Key, 0, "AKIAADMIN00000000000", User("admin")).Mines(User("admin"), "AKIAADMIN00000000000", 5)
            .Does(User("admin"), "AKIAADMINSOWN0000000", 6, SignalCategory.Provisioning, 30, Elsewhere);

        Assert.Equal([User("ci-bot").Key], story.Contained());
        Assert.DoesNotContain(story.ActorsOf(User("admin").Key), actor => actor == User("ci-bot").Key);
    }

    [Fact]
    public void A_session_is_known_by_its_id_where_the_answer_holds_no_key() => Assert.Equal(
        [User("ci-bot").Key],
        new Story().Opens(User("ci-bot"), Key, 0, "AROAEXAMPLE:maint", "role/admin maint")
            .Mines(Role("admin"), "ASIASESSION000000000", 5, Elsewhere, session: "AROAEXAMPLE:maint").Contained());

    [Fact]
    public void Evidence_is_never_that_of_another_session_beside_it()
    {
        var story = new Story();
        foreach (var (number, category) in new[] { SignalCategory.PermissionProbing, SignalCategory.Provisioning }.Index())
        {
            story.Opens(User("ana"), Key, number, $"ASIASESSION{number}00000000", $"role/r{number} x")
                .Does(Role($"r{number}"), $"ASIASESSION{number}00000000", number + 1, category, 45, $"203.0.113.{number + 1}");
        }

        Assert.Empty(story.Contained());
    }

    [Fact]
    public void The_order_in_which_records_come_makes_no_difference() => Properties.Holds(
        from pieces in Gen.Choose(0, 9).Two().ArrayOf(12)
        let story = Tell(pieces)
        from shuffled in Gen.Shuffle(story.Deeds.Concat(story.Deeds).ToArray())
        select (story.Deeds, shuffled),
        pair => Cases(pair.Deeds) == Cases(pair.shuffled));

    private static Story Tell((int What, int Who)[] pieces)
    {
        var story = new Story();
        foreach (var (at, (what, who)) in pieces.Index())
        {
            var (place, agent) = (who % 2 == 0 ? Office : Elsewhere, who % 3 == 0 ? "aws-cli" : "Boto3");
            _ = what switch
            {
                0 => story.Opens(User("ana"), Key, at, $"ASIASESSION{who}00000000", $"role/r{who % 4} x", place, agent),
                1 => story.Makes(User("ana"), Key, at, User($"u{who % 3}"), address: place, agent: agent),
                2 => story.Makes(Role($"r{who % 4}"), $"ASIASESSION{who}00000000", at, Role("door"), (RoleTrust)(who % 4), place, agent),
                3 => story.MakesKey(User($"u{who % 3}"), $"AKIAUSER{who}00000000000", at, $"AKIAOTHER{who}0000000000", User("bob"), place, agent),
                4 => story.Does(User("bob"), $"AKIAOTHER{who}0000000000", at, (SignalCategory)(who % 6), 25, place, agent),
                5 => story.Does(User($"u{who % 3}"), $"AKIAUSER{who}00000000000", at, (SignalCategory)(who % 6), 25, place, agent),
                6 => story.Does(Role("door"), null, at, (SignalCategory)(who % 6), 25, place, agent),
                _ => story.Does(Role($"r{who % 4}"), $"ASIASESSION{who}00000000", at, (SignalCategory)(who % 6), 25, place, agent),
            };
        }

        return story;
    }

    private static string Cases(IEnumerable<Observation> deeds) => string.Join('\n', new CaseTrees(deeds, new ResponsePolicy()).Since(DateTimeOffset.MinValue)
        .Select(tree => $"{tree.Key}: {string.Join(' ', tree.File.Observations.Select(one => one.EventId))} / "
            + string.Join(' ', tree.Evidence.Select(file => string.Join(',', file.Observations.Select(one => one.EventId))).Order(StringComparer.Ordinal)))
        .Order(StringComparer.Ordinal));
}
