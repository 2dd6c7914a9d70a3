using System.Collections.Immutable;
using System.Text;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Response;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Response;

/// <summary>What no action can or may see to must reach a person, with the reason and the lever.</summary>
public sealed class PagesTests
{
    private static readonly ResponsePolicy Enforce = new() { Mode = ResponseMode.Enforce };

    private static ResponsePlan Plan(Actor root, ResponsePolicy? policy = null, params Observation?[] more)
    {
        var file = new CaseFile(root.Key, [Of("root", 0) with { Actor = root }, .. more.OfType<Observation>()]);
        return ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), Descriptors.All, policy ?? Enforce);
    }

    // Null for a record that is not kept.
    private static Observation? Called(string id, string source, string call, string request, string? response = null, string? error = null)
    {
        var json = DetectionExample.Match("x", source, call, request, error, response).ToRecordJson();
        var record = Assert.IsType<ParseResult.Parsed>(RecordParser.Parse(Encoding.UTF8.GetBytes(json))).Record;
        return Observer.Observe(record, new()) is { } observation ? observation with { EventId = id } : null;
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
    public void What_no_action_ends_is_told_in_one_page_a_kind_with_the_command_for_each()
    {
        var templates = Enumerable.Range(0, 7).Select(number => Called(
            $"{number}", "ec2.amazonaws.com", "CreateLaunchTemplate", "{}", """{"launchTemplate":{"launchTemplateId":"lt-N"}}""".Replace("N", $"{number}", StringComparison.Ordinal)));
        var plan = Plan(Thief, null, [.. templates, Called("hosts", "ec2.amazonaws.com", "AllocateHosts", "{}", """{"hostIdSet":{"items":["h-1"]}}""")]);
        Assert.Equal(
            ["Dedicated Host h-1 (111122223333, us-east-1)", "Launch template lt-0, lt-1, lt-2, lt-3, lt-4 and 2 more (111122223333, us-east-1)"],
            plan.Pages.Select(page => page.Subject).Order(StringComparer.Ordinal));
        var (host, template) = (
            plan.Pages.First(page => page.Subject.StartsWith("Dedicated", StringComparison.Ordinal)), plan.Pages.First(page => page.Subject.StartsWith("Launch", StringComparison.Ordinal)));
        Assert.Equal("aws ec2 release-hosts --host-ids h-1 --region us-east-1", Assert.Single(host.Commands));
        Assert.Equal(["ec2:ReleaseHosts"], host.Needs.AsEnumerable());
        Assert.Contains("evidence", template.Lever, StringComparison.Ordinal);
        Assert.Equal(14, template.Commands.Length);
        Assert.Contains("aws ec2 delete-launch-template --launch-template-id lt-6 --region us-east-1", template.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_actor_changed_is_told_with_what_takes_it_back_whoever_it_belongs_to()
    {
        var plan = Plan(
            Thief, null,
            Called("1", "iam.amazonaws.com", "AttachUserPolicy", """{"userName":"bob","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"""),
            Called("2", "iam.amazonaws.com", "AttachUserPolicy", """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"""),
            Called("3", "iam.amazonaws.com", "AddUserToGroup", """{"userName":"bob","groupName":"admins"}"""),
            Called("4", "iam.amazonaws.com", "UpdateAccessKey", """{"userName":"bob","accessKeyId":"AKIAEXAMPLEEXAMPLE33","status":"Inactive"}"""));
        Assert.Equal(
            [
                "aws iam detach-user-policy --user-name bob --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
                "aws iam detach-user-policy --user-name ci-bot --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
                "aws iam remove-user-from-group --user-name bob --group-name admins",
            ],
            plan.Pages.SelectMany(page => page.Commands));
        Assert.All(plan.Pages, page => Assert.StartsWith("It was opened in the incident", page.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void What_goes_with_something_that_an_action_ends_is_not_told()
    {
        var plan = Plan(
            Thief, null,
            Called("1", "iam.amazonaws.com", "CreateUser", """{"userName":"spare"}""", """{"user":{"userId":"AIDAEXAMPLEEXAMPLE222"}}"""),
            Called("2", "iam.amazonaws.com", "AttachUserPolicy", """{"userName":"spare","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}"""),
            Called("3", "autoscaling.amazonaws.com", "CreateAutoScalingGroup", """{"autoScalingGroupName":"miner"}"""),
            Called("4", "autoscaling.amazonaws.com", "PutScheduledUpdateGroupAction", """{"autoScalingGroupName":"miner","scheduledActionName":"x"}"""),
            Called("5", "ecs.amazonaws.com", "CreateCluster", """{"clusterName":"c"}""", """{"cluster":{"clusterArn":"arn:aws:ecs:us-east-1:111122223333:cluster/c"}}"""),
            Called("6", "ecs.amazonaws.com", "RunTask", """{"cluster":"c"}""", """{"tasks":[{"taskArn":"arn:aws:ecs:us-east-1:111122223333:task/c/0a1b2c3d"}]}"""));
        Assert.Empty(plan.Pages);
    }

    [Fact]
    public void What_a_record_does_not_tell_stands_as_a_place_to_be_filled_in()
    {
        var page = Assert.Single(Plan(Thief, null, Called("1", "apprunner.amazonaws.com", "CreateService", """{"serviceName":"w"}""")).Pages);
        Assert.Equal("aws apprunner delete-service --service-arn '{arn}' --region us-east-1", Assert.Single(page.Commands));
        Assert.Contains("Put in what stands in {…}", page.Lever, StringComparison.Ordinal);
        Assert.StartsWith("App Runner service (not recorded)", page.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_changed_of_ResponseKit_itself_is_told_in_one_page()
    {
        var page = Assert.Single(Plan(
            Thief, null,
            Called("1", "lambda.amazonaws.com", "DeleteFunction20150331", """{"functionName":"ResponseKit-triage"}"""),
            Called("2", "lambda.amazonaws.com", "DeleteFunction20150331", """{"functionName":"ResponseKit-report"}""", error: "AccessDenied")).Pages);
        Assert.Equal("ResponseKit itself: ResponseKit-triage", page.Subject);
        Assert.Contains("cdk deploy", page.Lever, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_call_is_not_told() =>
        Assert.Empty(Plan(Thief, null, Called("1", "iam.amazonaws.com", "AttachUserPolicy", """{"userName":"bob","policyArn":"x"}""", error: "AccessDenied")).Pages);

    [Fact]
    public void What_another_version_kept_of_a_change_that_this_one_does_not_know_is_passed_over() =>
        Assert.Empty(Plan(Thief, null, Of("1", 1) with { Changes = [new("x:Y", Account, "us-east-1", ImmutableSortedDictionary<string, string>.Empty)] }).Pages);

    [Fact]
    public void Lineage_without_a_change_as_earlier_versions_kept_it_is_told_all_the_same()
    {
        var plan = Plan(Thief, null, Made("1", 1, ResourceRef.Of(ResourceKind.LaunchTemplate, Account, "us-east-1", "lt-1")));
        Assert.Contains("evidence", Assert.Single(plan.Pages).Lever, StringComparison.Ordinal);
    }

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
