using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Response;

public sealed class ResponsePlannerTests
{
    private static readonly ResponsePolicy Enforce = new() { Mode = ResponseMode.Enforce };
    private static readonly Actor.Role Deploy = new(Account, "deploy", "/ci/");

    private static ResourceRef Ref(ResourceKind kind, string name, string region = "us-east-1") => ResourceRef.Of(kind, Account, region, name);

    private static ResourceRef Instance(int number) => Ref(ResourceKind.Instance, $"i-{number:x17}");

    private static ResponsePlan Plan(ResponsePolicy policy, params IEnumerable<Observation> observations)
    {
        var file = Case(observations);
        return ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, policy)), Descriptors.All, policy);
    }

    private static string[] Lines(ResponsePlan plan) =>
        [.. plan.Actions.Select(action => $"{action.Stage.Id}: {action.ActionId} {string.Join(' ', action.Request.Targets.Select(target => target.Name))}")];

    [Fact]
    public void Contains_the_actor_with_the_key_that_he_used_last()
    {
        var plan = Plan(
            Enforce, Of("1", 0) with { AccessKeyId = "AKIAEXAMPLEEXAMPLE01" }, Of("2", 1) with { AccessKeyId = "AKIAEXAMPLEEXAMPLE02" },
            Of("3", 2) with { AccessKeyId = "ASIAEXAMPLEEXAMPLE03" }, Of("4", 3) with { AccessKeyId = null });
        var action = Assert.Single(plan.Actions);
        Assert.Equal(("iam.contain-user", ResponseStage.ContainIdentity), (action.ActionId, action.Stage));
        Assert.IsType<GuardVerdict.Free>(action.Guard);
        var request = action.Request;
        Assert.Equal((ActionMode.Apply, Account, "us-east-1", plan.Incident), (request.Mode, request.Account, request.Region, request.Incident));
        Assert.Equal("AKIAEXAMPLEEXAMPLE02", request.Options["accessKeyId"]);
        Assert.Equal($"Incident {plan.Incident}: Run iam.contain-user.", request.Reason);
        Assert.Empty(plan.Pages);
    }

    [Fact]
    public void An_option_is_given_only_to_an_action_that_knows_it()
    {
        var file = Case(Of("1", 0));
        var plan = ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), [Descriptors.ContainUser with { Options = [] }], Enforce);
        Assert.Empty(Assert.Single(plan.Actions).Request.Options);
    }

    [Fact]
    public void A_planned_request_is_one_that_the_action_accepts()
    {
        var plan = Plan(Enforce, Of("1", 0), Of("2", 0) with { Actor = Deploy }, Made("3", 1, Instance(1)), Made("4", 1, Ref(ResourceKind.AutoScalingGroup, "a*/b")));
        Assert.Equal(5, plan.Actions.Length);
        Assert.All(plan.Actions, planned => Assert.Equal(
            planned.Request,
            Assert.IsType<ActionRequestResult.Valid>(ActionRequestParser.Parse(
                System.Text.Encoding.UTF8.GetBytes(planned.Request.ToJson()), Descriptors.All.Single(action => action.Id == planned.ActionId))).Request));
    }

    [Fact]
    public void Everything_is_in_the_order_of_the_stages()
    {
        var plan = Plan(
            Enforce, Made("1", 1, Instance(1)), Made("2", 2, Ref(ResourceKind.EcsCluster, "c")), Made("3", 3, Ref(ResourceKind.AutoScalingGroup, "g")),
            Of("4", 4) with { Actor = Deploy });
        Assert.Equal(
            [
                "contain-identity: iam.contain-user ci-bot", "contain-identity: iam.contain-role deploy", "stop-spend: ecs.tear-down-cluster c",
                "stop-spend: autoscaling.scale-to-zero g", "reverse-obstruction: ec2.release-protection i-00000000000000001",
                "eradicate: ec2.terminate-instances i-00000000000000001",
            ],
            Lines(plan));
    }

    [Fact]
    public void Only_sessions_of_a_role_that_was_there_before_are_taken_away_but_everything_of_one_that_the_actor_made()
    {
        var plan = Plan(
            Enforce, Of("1", 0) with { Actor = Deploy }, Made("2", 1, Ref(ResourceKind.IamRole, "backdoor") with { Path = "/" }),
            Made("3", 2, Ref(ResourceKind.IamRole, "acting")), Of("4", 3) with { Actor = new Actor.Role(Account, "acting") });
        Assert.Equal(
            [("deploy", null), ("acting", "true"), ("backdoor", "true")],
            plan.Actions.Where(action => action.ActionId == "iam.contain-role")
                .Select(action => (action.Request.Targets[0].Name, action.Request.Options.GetValueOrDefault("denyAll"))));
    }

    [Fact]
    public void A_role_that_the_actor_entered_loses_its_sessions_though_they_have_done_nothing_yet()
    {
        var role = Ref(ResourceKind.IamRole, "deploy") with { Path = "/ci/" };
        var planned = Plan(Enforce, Made("1", 1, role, LineageRelation.Entered)).Actions[1];
        Assert.Equal(("iam.contain-role", "/ci/"), (planned.ActionId, planned.Request.Targets[0].Path));
        Assert.Empty(planned.Request.Options);
        Assert.Equal(2, Plan(Enforce, Made("1", 1, role, LineageRelation.Entered), Of("2", 2) with { Actor = Deploy }).Actions.Length);
        Assert.Equal(2, Plan(Enforce, Made("1", 1, role), Made("2", 2, role, LineageRelation.Entered)).Actions.Length);
        var altered = Plan(Enforce, Made("1", 1, role, LineageRelation.Entered), Made("2", 2, role, LineageRelation.Altered));
        Assert.Equal((2, 1), (altered.Actions.Length, altered.Pages.Length));
    }

    [Theory]
    [InlineData(719, 2)]
    [InlineData(720, 1)]
    public void A_session_that_must_have_ended_by_now_is_of_no_concern(double minutes, int actions) => Assert.Equal(
        actions,
        Plan(Enforce, Made("1", 0, Ref(ResourceKind.IamRole, "deploy") with { Path = "/" }, LineageRelation.Entered), Of("2", minutes)).Actions.Length);

    [Fact]
    public void A_protected_role_that_the_actor_entered_is_held()
    {
        var role = Ref(ResourceKind.IamRole, "deploy") with { Path = "/ci/" };
        var plan = Plan(Enforce with { Guards = new() { ProtectedPrincipals = [ArnPattern.Parse(role.ToArn())] } }, Made("1", 1, role, LineageRelation.Entered));
        Assert.IsType<GuardVerdict.Held>(plan.Actions[1].Guard);
        Assert.Single(plan.Pages);
        var acting = Plan(
            Enforce with { Guards = new() { ProtectedPrincipals = [ArnPattern.Parse(role.ToArn())] } }, Made("1", 1, role, LineageRelation.Entered), Of("2", 2) with { Actor = Deploy });
        Assert.Equal(2, acting.Actions.Length);
    }

    [Fact]
    public void A_user_that_the_actor_made_is_contained_like_himself_and_his_keys_with_him()
    {
        var plan = Plan(
            Enforce, Made("1", 1, Ref(ResourceKind.IamUser, "backup")), Made("2", 2, Ref(ResourceKind.AccessKey, "backup/AKIAEXAMPLEEXAMPLE07")),
            Made("3", 2, Ref(ResourceKind.AccessKey, "ci-bot/AKIAEXAMPLEEXAMPLE08")));
        Assert.Equal(["contain-identity: iam.contain-user ci-bot", "contain-identity: iam.contain-user backup"], Lines(plan));
        Assert.Empty(plan.Actions[1].Request.Options);
    }

    [Fact]
    public void A_key_made_on_another_user_is_deactivated_and_the_user_left_alone()
    {
        var plan = Plan(Enforce, Made("1", 1, Ref(ResourceKind.AccessKey, "bob/AKIAEXAMPLEEXAMPLE07")));
        Assert.Equal(["contain-identity: iam.contain-user ci-bot", "contain-identity: iam.deactivate-access-key bob/AKIAEXAMPLEEXAMPLE07"], Lines(plan));
    }

    [Fact]
    public void Credentials_of_others_are_withdrawn_one_by_one_and_those_of_who_is_contained_go_with_them()
    {
        var plan = Plan(
            Enforce, Made("1", 1, Ref(ResourceKind.Credential, "bob/ssh-key/APKAEXAMPLEEXAMPLE07")), Made("2", 2, Ref(ResourceKind.LoginProfile, "bob")),
            Made("3", 3, Ref(ResourceKind.Credential, "ci-bot/ssh-key/APKAEXAMPLEEXAMPLE08")), Made("4", 4, Ref(ResourceKind.LoginProfile, "ci-bot")),
            Made("5", 5, Ref(ResourceKind.Credential, "eve/access-key/AKIAEXAMPLEEXAMPLE09"), LineageRelation.Altered), Made("6", 6, Ref(ResourceKind.LoginProfile, "bob")));
        Assert.Equal(
            [
                "contain-identity: iam.contain-user ci-bot", "contain-identity: iam.withdraw-credential bob/ssh-key/APKAEXAMPLEEXAMPLE07",
                "contain-identity: iam.remove-password bob", "contain-identity: iam.withdraw-credential eve/access-key/AKIAEXAMPLEEXAMPLE09",
            ],
            Lines(plan));
        Assert.Empty(plan.Pages);
        // Of what was made the record's time is told, of a password that was made twice the latest; of what was switched on there is none.
        var since = plan.Actions.Select(action => action.Request.Options.GetValueOrDefault("since")).ToList();
        Assert.Equal([true, false, false, true], since.Select(time => time is null));
        Assert.Equal(TimeSpan.FromMinutes(5), DateTimeOffset.Parse(since[2]!, null) - DateTimeOffset.Parse(since[1]!, null));
        Assert.Contains("user/ci-bot", plan.Actions[3].Request.Options["by"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_trust_of_a_role_is_put_back_also_where_its_sessions_are_cut_and_not_where_the_actor_made_it()
    {
        var plan = Plan(
            Enforce, Of("1", 0) with { Actor = Deploy }, Made("2", 1, Ref(ResourceKind.RoleTrust, "deploy"), LineageRelation.Altered),
            Made("3", 2, Ref(ResourceKind.IamRole, "backdoor") with { Path = "/" }), Made("4", 3, Ref(ResourceKind.RoleTrust, "backdoor"), LineageRelation.Altered));
        Assert.Equal(["deploy"], plan.Actions.Where(action => action.ActionId == "iam.close-trust").Select(action => action.Request.Targets[0].Name));
    }

    [Fact]
    public void The_trust_of_a_protected_role_and_of_responsekits_own_is_held()
    {
        var guards = new GuardSettings { ProtectedPrincipals = [ArnPattern.Parse($"arn:aws:iam::{Account}:role/deploy")], ResponsekitRoles = [ArnPattern.Parse($"arn:aws:iam::{Account}:role/own")] };
        var plan = Plan(
            Enforce with { Guards = guards }, Made("1", 1, Ref(ResourceKind.RoleTrust, "deploy"), LineageRelation.Altered),
            Made("2", 2, Ref(ResourceKind.RoleTrust, "own"), LineageRelation.Altered));
        var held = plan.Actions.Where(action => action.ActionId == "iam.close-trust").ToList();
        Assert.Equal(2, held.Count);
        Assert.All(held, action => Assert.IsType<GuardVerdict.Held>(action.Guard));
    }

    [Fact]
    public void Keys_of_many_that_were_set_active_wait_for_a_person_beyond_a_few()
    {
        var most = new GuardSettings().MaxAlteredPerIncident;
        var plan = Plan(
            Enforce,
            [.. Enumerable.Range(0, most + 2).Select(index => Made($"{index}", 1, Ref(ResourceKind.Credential, $"bob{index}/access-key/AKIAEXAMPLEEXAMPLE07"), LineageRelation.Altered))]);
        var guards = plan.Actions.Where(action => action.ActionId == "iam.withdraw-credential").Select(action => action.Guard).ToList();
        Assert.Equal((most, 2), (guards.Count(guard => guard is GuardVerdict.Free), guards.Count(guard => guard is GuardVerdict.NeedsApproval)));
    }

    [Fact]
    public void A_key_made_on_a_protected_actor_is_deactivated_though_he_is_not_contained()
    {
        var policy = Enforce with { Guards = new() { ProtectedPrincipals = [ArnPattern.Parse(Thief.Key)] } };
        var plan = Plan(policy, Made("1", 1, Ref(ResourceKind.AccessKey, "ci-bot/AKIAEXAMPLEEXAMPLE07")));
        Assert.Equal(
            [("iam.contain-user", ActionMode.Plan), ("iam.deactivate-access-key", ActionMode.Apply)],
            plan.Actions.Select(action => (action.ActionId, action.Request.Mode)));
    }

    [Fact]
    public void What_lies_in_a_cluster_of_the_actor_goes_with_it_and_what_lies_in_another_is_told()
    {
        var plan = Plan(
            Enforce, Made("1", 1, Ref(ResourceKind.EcsCluster, "mine")), Made("2", 2, Ref(ResourceKind.EcsService, "mine/s")), Made("3", 3, Ref(ResourceKind.EcsTask, "mine/t")),
            Made("4", 4, Ref(ResourceKind.EcsService, "prod/s")), Made("5", 5, Ref(ResourceKind.EcsService, "mine/s", "eu-west-1")));
        Assert.Equal(["contain-identity: iam.contain-user ci-bot", "stop-spend: ecs.tear-down-cluster mine"], Lines(plan));
        Assert.Equal(
            ["arn:aws:ecs:us-east-1:111122223333:service/prod/s", "arn:aws:ecs:eu-west-1:111122223333:service/mine/s"], plan.Pages.Select(page => page.Subject));
        Assert.All(plan.Pages, page => Assert.Equal("It was made in the incident; ResponseKit has no action for it.", page.Reason));
    }

    [Fact]
    public void An_altered_instance_is_released_and_not_terminated()
    {
        var plan = Plan(Enforce, Made("1", 1, Instance(1), LineageRelation.Altered));
        Assert.Equal(["contain-identity: iam.contain-user ci-bot", "reverse-obstruction: ec2.release-protection i-00000000000000001"], Lines(plan));
    }

    [Fact]
    public void Targets_are_grouped_by_region_up_to_what_the_action_takes()
    {
        var plan = Plan(Enforce, [.. Enumerable.Range(0, 4).Select(number => Made($"{number}", number, Instance(number))), Made("5", 5, Ref(ResourceKind.Instance, "i-0123456789abcdef0", "eu-west-1"))]);
        Assert.Equal(
            [("us-east-1", 3), ("us-east-1", 1), ("eu-west-1", 1)],
            plan.Actions.Where(action => action.ActionId == "ec2.terminate-instances").Select(action => (action.Request.Region, action.Request.Targets.Length)));
        Assert.Equal([4, 1], plan.Actions.Where(action => action.ActionId == "ec2.release-protection").Select(action => action.Request.Targets.Length));
    }

    [Fact]
    public void Beyond_the_cap_a_person_is_asked_and_identity_is_contained_all_the_same()
    {
        var policy = Enforce with { Guards = new() { MaxInstancesPerIncident = 2 } };
        var plan = Plan(policy, Enumerable.Range(0, 4).Select(number => Made($"{number}", number, Instance(number))));
        Assert.Equal(
            [("iam.contain-user", 1, true, ActionMode.Apply), ("ec2.release-protection", 4, true, ActionMode.Apply), ("ec2.terminate-instances", 2, true, ActionMode.Apply), ("ec2.terminate-instances", 2, false, ActionMode.Plan)],
            plan.Actions.Select(action => (action.ActionId, action.Request.Targets.Length, action.Guard is GuardVerdict.Free, action.Request.Mode)));
    }

    [Fact]
    public void In_mode_observe_everything_is_planned_and_nothing_applied()
    {
        var plan = Plan(new(), Made("1", 1, Instance(1)), Made("2", 2, Ref(ResourceKind.EcsCluster, "c")));
        Assert.Equal(4, plan.Actions.Length);
        Assert.All(plan.Actions, action => Assert.Equal((ActionMode.Plan, typeof(GuardVerdict.Free)), (action.Request.Mode, action.Guard.GetType())));
    }

    [Fact]
    public void In_mode_approve_everything_waits_for_a_person()
    {
        var plan = Plan(new() { Mode = ResponseMode.Approve }, Made("1", 1, Instance(1)));
        Assert.Equal(3, plan.Actions.Length);
        Assert.All(plan.Actions, action => Assert.Equal((ActionMode.Plan, typeof(GuardVerdict.NeedsApproval)), (action.Request.Mode, action.Guard.GetType())));
    }

    [Theory]
    [InlineData("us-gov-west-1", "us-gov-west-1")]
    [InlineData("us-gov-east-1", "us-gov-west-1")]
    [InlineData("cn-northwest-1", "cn-north-1")]
    [InlineData("eu-west-1", "us-east-1")]
    public void IAM_is_called_in_a_region_of_the_partition(string region, string called)
    {
        var file = new CaseFile("x", [Of("1", 1) with { Actor = new Actor.User(Account, "bob", Arn.PartitionOf(region)) }]);
        var plan = ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), Descriptors.All, Enforce);
        Assert.Equal(called, Assert.Single(plan.Actions).Request.Region);
    }
}
