using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Response;

/// <summary>What no action can or may see to must reach a person, with the reason and the lever.</summary>
public sealed class PagesTests
{
    private static readonly ResponsePolicy Enforce = new() { Mode = ResponseMode.Enforce };

    private static ResponsePlan Plan(Actor root, ResponsePolicy? policy = null, params Observation[] more)
    {
        var file = new CaseFile(root.Key, [Of("root", 0) with { Actor = root }, .. more]);
        return ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), Descriptors.All, policy ?? Enforce);
    }

    public static TheoryData<Actor, string, string> Unreachable => new()
    {
        { new Actor.Root(Account), "no IAM policy binds it", "service control policy" },
        { new Actor.IdentityCenterUser(Account, "9067-1", null), "permission set are shared", "IAM Identity Center" },
        { new Actor.Role(Account, "AWSReservedSSO_Admin_1", "/aws-reserved/sso.amazonaws.com/"), "everyone assigned to it", "session name" },
        { new Actor.Role(Account, "AWSServiceRoleForECS", "/aws-service-role/ecs.amazonaws.com/"), "only its service can change", "delete that" },
        { new Actor.External("999988887777", "AIDA"), "account 999988887777", "trust and resource policies" },
        { new Actor.Unknown(Account, "The record names no identity."), "The record names no identity.", "CloudTrail" },
    };

    [Theory]
    [MemberData(nameof(Unreachable))]
    public void An_actor_whom_no_action_reaches_is_told_with_the_lever(Actor actor, string reason, string lever)
    {
        var plan = Plan(actor);
        Assert.Empty(plan.Actions);
        var page = Assert.Single(plan.Pages);
        Assert.Equal(actor.Key, page.Subject);
        Assert.Contains(reason, page.Reason, StringComparison.Ordinal);
        Assert.Contains(lever, page.Lever, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_is_not_worth_a_page() => Assert.Empty(Plan(new Actor.Service(Account, "ec2.amazonaws.com")).Pages);

    [Fact]
    public void A_root_who_has_not_been_seen_himself_is_told()
    {
        var file = new CaseFile(new Actor.Root(Account).Key, [Of("1", 0)]);
        var plan = ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), Descriptors.All, Enforce);
        Assert.Equal("arn:aws:iam::111122223333:root", Assert.Single(plan.Pages).Subject);
        Assert.Equal("iam.contain-user", Assert.Single(plan.Actions).ActionId);
    }

    [Fact]
    public void A_protected_principal_is_planned_and_told_and_what_he_made_is_still_seen_to()
    {
        var plan = Plan(
            new Actor.User(Account, "ci-bot") { Path = "/ops/" }, Enforce with { Guards = new() { ProtectedPrincipals = [ArnPattern.Parse("arn:aws:iam::*:user/ops/*")] } },
            Made("1", 1, ResourceRef.Of(ResourceKind.EcsCluster, Account, "us-east-1", "c")));
        Assert.Equal([("iam.contain-user", ActionMode.Plan), ("ecs.tear-down-cluster", ActionMode.Apply)], plan.Actions.Select(action => (action.ActionId, action.Request.Mode)));
        Assert.IsType<GuardVerdict.Held>(plan.Actions[0].Guard);
        var page = Assert.Single(plan.Pages);
        Assert.Equal("arn:aws:iam::111122223333:user/ops/ci-bot", page.Subject);
        Assert.Contains("is protected by", page.Reason, StringComparison.Ordinal);
        Assert.Contains("iam.contain-user", page.Lever, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_that_the_actor_named_like_one_of_Identity_Center_is_contained()
    {
        var plan = Plan(Thief, null, Made("1", 1, ResourceRef.Of(ResourceKind.IamRole, Account, "us-east-1", "AWSReservedSSO_x") with { Path = "/" }));
        Assert.Contains(plan.Actions, action => action is { ActionId: "iam.contain-role", Guard: GuardVerdict.Free });
    }

    [Fact]
    public void Resources_without_an_action_are_told_in_one_page_a_kind()
    {
        var templates = Enumerable.Range(0, 7).Select(number => Made($"{number}", number, ResourceRef.Of(ResourceKind.LaunchTemplate, Account, "us-east-1", $"lt-{number}")));
        var plan = Plan(Thief, null, [.. templates, Made("fleet", 8, ResourceRef.Of(ResourceKind.Fleet, Account, "us-east-1", "fleet-1"))]);
        Assert.Equal(2, plan.Pages.Length);
        Assert.EndsWith("launch-template/lt-4 and 2 more", plan.Pages[0].Subject, StringComparison.Ordinal);
        Assert.Contains("evidence", plan.Pages[0].Lever, StringComparison.Ordinal);
        Assert.Contains("delete-fleets", plan.Pages[1].Lever, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iam-user", "bob", "password")]
    [InlineData("iam-role", "deploy", "trust")]
    [InlineData("lambda-function", "f", "put it back")]
    public void Altered_resources_without_an_action_are_told(string kind, string name, string lever)
    {
        var plan = Plan(Thief, null, Made("1", 1, ResourceRef.Of(ResourceKind.Find(kind)!, Account, "us-east-1", name), LineageRelation.Altered));
        var page = Assert.Single(plan.Pages);
        Assert.Equal("It was changed in the incident; ResponseKit has no action for it.", page.Reason);
        Assert.Contains(lever, page.Lever, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ec2-spot-fleet", "sfr-1", "cancel-spot-fleet-requests")]
    [InlineData("ec2-spot-request", "sir-1", "cancel-spot-instance-requests")]
    public void Spot_requests_are_told_with_the_command_that_ends_them(string kind, string name, string lever) => Assert.Contains(
        lever, Assert.Single(Plan(Thief, null, Made("1", 1, ResourceRef.Of(ResourceKind.Find(kind)!, Account, "us-east-1", name))).Pages).Lever, StringComparison.Ordinal);

    [Fact]
    public void An_actor_for_whom_there_is_no_action_is_told()
    {
        var file = Case(Of("1", 0));
        var plan = ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), [], Enforce);
        Assert.Equal("It acted in the incident; ResponseKit has no action for it.", Assert.Single(plan.Pages).Reason);
    }

    [Fact]
    public void An_incident_has_the_same_id_whenever_the_same_case_is_judged()
    {
        var file = Case(Signalled("2", 5, default, 5), Of("1", 0));
        var incident = Incident.Open(file, Correlator.Judge(file, new()));
        Assert.Matches("^inc-20251102-100500-[0-9a-f]{12}$", incident.Id);
        Assert.Equal((Account, At(5)), (incident.Account, incident.Opened));
        Assert.Equal(incident.Id, Incident.Open(file.Add(Of("0", -5)), Correlator.Judge(file, new())).Id);
        Assert.NotEqual(incident.Id, Incident.Open(new CaseFile("other", file.Observations), incident.Verdict).Id);
        Assert.Equal(At(0), Incident.Open(Case(Of("1", 0)), Correlator.Judge(Case(Of("1", 0)), new())).Opened);
    }
}
