using ResponseKit.Correlation;
using static ResponseKit.Tests.Correlation.Blame.Story;

namespace ResponseKit.Tests.Correlation.Blame;

/// <summary>Who opened or made somebody is not to blame for what that one does: brokers, rotators, pipelines.</summary>
public sealed class InnocentParentTests
{
    private const double LastWeek = -8 * 24 * 60;

    [Theory]
    [InlineData(LastWeek, Elsewhere)]
    [InlineData(-9, Elsewhere)]
    [InlineData(-9, Office)]
    public void A_pipeline_is_not_blamed_for_what_a_workload_does_with_a_role_that_it_made(double made, string address)
    {
        var (pipeline, workload) = (Role("terraform"), Role("shop-web"));
        var story = new Story()
            .Makes(pipeline, "ASIAPIPELINE00000000", made, workload, RoleTrust.Services)
            .Does(pipeline, "ASIAPIPELINE00000000", -5, SignalCategory.Provisioning, 20)
            .Mines(workload, "ASIAWORKLOAD00000000", 0, address);

        Assert.Equal([workload.Key], story.Contained());
        Assert.Equal([workload.Key], story.ActorsOf(workload.Key));
    }

    [Theory]
    [InlineData(LastWeek, Office)]
    [InlineData(-5, Office)]
    [InlineData(-5, Elsewhere)]
    public void Whoever_renews_keys_ties_nobody_together(double renewed, string address)
    {
        var (rotator, story) = (Role("rotate-keys"), new Story());
        for (var number = 0; number < 20; number++)
            story.MakesKey(rotator, "ASIAROTATOR000000000", renewed, $"AKIADEV{number:00}00000000000", User($"dev{number:00}"));
        for (var number = 0; number < 20; number++)
        {
            story.Does(User($"dev{number:00}"), $"AKIADEV{number:00}00000000000", number, SignalCategory.PermissionProbing, 9, address)
                .Does(User($"dev{number:00}"), $"AKIADEV{number:00}00000000000", number + 0.5, SignalCategory.Provisioning, 10, address);
        }

        Assert.Empty(story.Verdicts());
        story.Mines(User("dev07"), "AKIADEV0700000000000", 30, address);
        Assert.Equal([User("dev07").Key], story.Contained());
        Assert.Equal([User("dev07").Key], story.ActorsOf(User("dev07").Key));
    }

    [Theory]
    [InlineData(Elsewhere, "aws-cli", false)]
    [InlineData(Elsewhere, "aws-cli", true)]
    [InlineData(Office, "Boto3", false)]
    public void A_broker_is_not_blamed_for_whom_it_serves_and_they_are_not_added_up(string address, string agent, bool oneRole)
    {
        var (broker, story) = (User("vault"), new Story());
        for (var number = 0; number < 6; number++)
            story.Opens(broker, "AKIAVAULT00000000000", number / 10.0, $"ASIALEASE{number}0000000000", oneRole ? $"role/dev person-{number}" : $"role/dev-{number} vault", agent: "Vault");
        foreach (var (number, category) in new[] { SignalCategory.PermissionProbing, SignalCategory.Provisioning, SignalCategory.Persistence, SignalCategory.Obstruction }.Index())
            story.Does(Role(oneRole ? "dev" : $"dev-{number}"), $"ASIALEASE{number}0000000000", number + 1, category, 30, address, agent);

        Assert.Empty(story.Contained());
        story.Mines(Role(oneRole ? "dev" : "dev-1"), "ASIALEASE10000000000", 20, address, agent);
        var contained = Assert.Single(story.Contained());
        Assert.Equal($"{Role(oneRole ? "dev" : "dev-1").Key}#ASIALEASE10000000000", contained);
        Assert.Equal([Role(oneRole ? "dev" : "dev-1").Key], story.ActorsOf(contained));
    }

    [Fact]
    public void That_a_broker_tries_its_own_sessions_out_does_not_make_the_others_its_doing()
    {
        var (broker, story) = (Role("teleport"), new Story());
        for (var number = 0; number < 6; number++)
            story.Opens(broker, "ASIATELEPORT00000000", number, $"ASIALEASE{number}0000000000", $"role/dev person-{number}", agent: "teleport");
        story.Does(Role("dev"), "ASIALEASE00000000000", 7, SignalCategory.Recon, 2, agent: "teleport").Mines(Role("dev"), "ASIALEASE30000000000", 8, Elsewhere);

        Assert.Equal([$"{Role("dev").Key}#ASIALEASE30000000000"], story.Contained());
    }

    [Fact]
    public void Refused_openings_are_a_broker_s_daily_bread()
    {
        var (broker, story) = (User("vault"), new Story());
        for (var number = 0; number < 8; number++)
        {
            story.Opens(broker, "AKIAVAULT00000000000", number, $"ASIALEASE{number}0000000000", $"role/dev person-{number}", agent: "Vault")
                .Does(broker, "AKIAVAULT00000000000", number, SignalCategory.PermissionProbing, 15, agent: "Vault", what: "sts.role-refused");
        }

        Assert.DoesNotContain(broker.Key, story.Mines(Role("dev"), "ASIALEASE30000000000", 10, Elsewhere).Contained());
    }

    [Fact]
    public void Whoever_engages_people_is_not_blamed_for_what_they_do()
    {
        var (office, story) = (User("people-office"), new Story());
        for (var number = 0; number < 5; number++)
            story.Makes(office, "AKIAOFFICE0000000000", number, User($"new-{number}"), agent: "Mozilla");

        Assert.Equal([User("new-2").Key], story.Mines(User("new-2"), "AKIANEW2000000000000", 60, Elsewhere).Contained());
    }

    [Fact]
    public void A_service_s_user_made_by_a_pipeline_minutes_ago_acts_for_itself() => Assert.Equal(
        [User("mailer").Key],
        new Story().Makes(Role("terraform"), "ASIAPIPELINE00000000", 0, User("mailer")).Does(Role("terraform"), "ASIAPIPELINE00000000", 1, SignalCategory.Provisioning, 30)
            .Mines(User("mailer"), "AKIAMAILER0000000000", 9, Elsewhere, "app").Contained());

    [Fact]
    public void People_with_one_permission_set_are_each_judged_by_what_they_did()
    {
        var (set, story) = (Role("AWSReservedSSO_Admin_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/"), new Story());
        foreach (var (number, category) in new[] { SignalCategory.Recon, SignalCategory.Provisioning, SignalCategory.Persistence, SignalCategory.Obstruction }.Index())
            story.Does(set, $"ASIAPERSON{number}000000000", number, category, 40, session: $"AROAEXAMPLE:person-{number}");

        Assert.Empty(story.Contained());
        Assert.Equal([$"{set.Key}#person-1"], story.Mines(set, "ASIAPERSONX000000000", 10, session: "AROAEXAMPLE:person-1").Contained());
    }

    [Fact]
    public void A_role_that_only_looks_like_a_permission_set_is_not_divided_by_names_that_its_callers_choose()
    {
        var (role, story) = (Role("AWSReservedSSO_Admin_0123456789abcdef"), new Story());
        foreach (var (number, category) in new[] { SignalCategory.PermissionProbing, SignalCategory.Provisioning, SignalCategory.Persistence }.Index())
            story.Does(role, $"ASIAPERSON{number}000000000", number, category, 40, session: $"AROAEXAMPLE:person-{number}");

        Assert.Equal([role.Key], story.Contained());
    }
}
