using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Response;

/// <summary>What is planned where the verdict is to brake: the brake by itself, and everything else once a person says so.</summary>
public sealed class BrakePlanTests
{
    private static readonly DateTimeOffset Until = At(60);
    private static readonly Actor.Role Deploy = new(Account, "deploy", "/ci/");

    private static readonly ActionDescriptor BrakeUser = Descriptors.ContainUser with
    {
        Id = "iam.brake-user",
        Triggers = [ActionTrigger.Braked(ResourceKind.IamUser)],
        Options = [new("until", "a time", "When it ends")],
    };

    private static readonly ActionDescriptor BrakeRole = BrakeUser with { Id = "iam.brake-role", Target = ResourceKind.IamRole, Triggers = [ActionTrigger.Braked(ResourceKind.IamRole)] };

    private static readonly ActionDescriptor Suspend = Descriptors.ScaleToZero with
    {
        Id = "autoscaling.suspend-launching",
        Triggers = [ActionTrigger.Braked(ResourceKind.AutoScalingGroup, LineageRelation.Created)],
    };

    private static ResourceRef Group(string name) => ResourceRef.Of(ResourceKind.AutoScalingGroup, Account, "us-east-1", name);

    [Fact]
    public void Who_acted_and_what_they_made_is_braked_at_once_until_the_end_and_more_waits_for_a_person()
    {
        var plan = Plan(ResponseMode.Enforce, null, Of("1", 0), Of("2", 0) with { Actor = Deploy }, Made("3", 1, Group("miner")));

        Assert.Equal(
            ["iam.brake-user ci-bot", "iam.brake-role deploy", "autoscaling.suspend-launching miner"], Named(plan, free: true));
        Assert.Equal(["iam.contain-user ci-bot", "iam.contain-role deploy", "autoscaling.scale-to-zero miner"], Named(plan, free: false));
        Assert.All(
            plan.Actions.Where(action => action.ActionId.StartsWith("iam.brake", StringComparison.Ordinal)),
            action => Assert.Equal((ActionMode.Apply, Until), (action.Request.Mode, DateTimeOffset.Parse(action.Request.Options["until"]))));
        Assert.All(plan.Actions.Where(action => action.Guard is not GuardVerdict.Free), action => Assert.Equal(ActionMode.Plan, action.Request.Mode));
    }

    [Theory]
    [InlineData(LineageRelation.Altered)]
    [InlineData(LineageRelation.Mentioned)]
    public void A_role_and_a_group_that_were_only_named_or_changed_are_not_braked(LineageRelation relation)
    {
        var role = ResourceRef.Of(ResourceKind.IamRole, Account, "", "production");
        var plan = Plan(ResponseMode.Enforce, null, Of("1", 0), Made("2", 1, role, relation), Made("3", 1, Group("shop"), relation));
        Assert.Equal(["iam.brake-user ci-bot"], Named(plan, free: true));
    }

    [Fact]
    public void A_user_that_the_actor_made_is_braked_before_it_acts()
    {
        var plan = Plan(ResponseMode.Enforce, null, Made("1", 0, ResourceRef.Of(ResourceKind.IamUser, Account, "", "spare")));
        Assert.Equal(["iam.brake-user ci-bot", "iam.brake-user spare"], Named(plan, free: true).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void In_mode_observe_it_is_planned_and_in_mode_approve_a_person_is_asked_about_the_brake_alone()
    {
        Assert.All(Plan(ResponseMode.Observe, null, Of("1", 0)).Actions, action => Assert.Equal(ActionMode.Plan, action.Request.Mode));
        var asked = Plan(ResponseMode.Approve, null, Of("1", 0), Made("2", 1, Group("miner")));
        Assert.Equal(["iam.brake-user ci-bot", "autoscaling.suspend-launching miner"], Named(asked, free: false));
        Assert.Empty(Named(asked, free: true));

        var answered = Plan(ResponseMode.Approve, Approved(asked), Of("1", 0), Made("2", 1, Group("miner")));

        Assert.Equal(["iam.brake-user ci-bot", "autoscaling.suspend-launching miner"], Named(answered, free: true));
        Assert.Equal(["iam.contain-user ci-bot", "autoscaling.scale-to-zero miner"], Named(answered, free: false));
    }

    [Fact]
    public void Once_a_person_says_to_contain_everything_is_done_as_for_any_incident()
    {
        var asked = Plan(ResponseMode.Enforce, null, Of("1", 0), Made("2", 1, Group("miner")));
        var plan = Plan(ResponseMode.Enforce, Approved(asked), Of("1", 0), Made("2", 1, Group("miner")), Made("3", 2, Group("later")));
        Assert.Equal(
            ["iam.contain-user ci-bot", "autoscaling.scale-to-zero miner", "autoscaling.scale-to-zero later"], Named(plan, free: true));
        Assert.Empty(Named(plan, free: false));
    }

    [Fact]
    public void Whom_a_guard_protects_is_not_braked_either()
    {
        var policy = new ResponsePolicy
        {
            Mode = ResponseMode.Enforce,
            Guards = new() { ProtectedPrincipals = [ArnPattern.Parse(Thief.Key)] },
        };
        Assert.Empty(Named(Planned(policy, null, Of("1", 0)), free: true));
    }

    [Fact]
    public void No_brake_is_planned_where_the_verdict_is_to_contain()
    {
        var file = Case(Signalled("1", 0, SignalCategory.ExternalFinding, 50, decisive: true));
        var plan = ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), [BrakeUser, .. Descriptors.All], new() { Mode = ResponseMode.Enforce });
        Assert.Equal(["iam.contain-user"], plan.Actions.Select(action => action.ActionId));
    }

    [Fact]
    public void A_person_of_Identity_Center_is_told_of_with_the_condition_that_brakes_them()
    {
        var plan = Plan(ResponseMode.Enforce, null, Of("1", 0) with { Actor = new Actor.IdentityCenterUser(Account, "94482488-3041-7026-18f3-be45837cd0e4", null) });
        Assert.Contains(plan.Pages, page => page.Lever.Contains("\"identitystore:UserId\":\"94482488-3041-7026-18f3-be45837cd0e4\"", StringComparison.Ordinal));
    }

    private static ResponsePlan Plan(ResponseMode mode, ApprovedScope? approved, params IEnumerable<Observation> observations) =>
        Planned(new ResponsePolicy { Mode = mode }, approved, observations);

    private static ResponsePlan Planned(ResponsePolicy policy, ApprovedScope? approved, params IEnumerable<Observation> observations)
    {
        var file = Case(observations);
        var judged = Correlator.Judge(file, policy);
        var verdict = new Verdict.Brake(judged.Score, judged.Categories, judged.Signals, judged.Explanation);
        var incident = Incident.Open(file, verdict) with { Brake = new BrakeSpan(At(0), Until, At(240)) };
        return ResponsePlanner.Plan(incident, [BrakeUser, BrakeRole, Suspend, .. Descriptors.All], policy, approved);
    }

    private static ApprovedScope Approved(ResponsePlan plan) => ApprovedScope.Of([new Approval
    {
        Incident = plan.Incident,
        Round = 1,
        Number = 1,
        Asked = At(1),
        Until = Until,
        Items = Approval.ItemsOf(plan),
        Decision = new ApprovalDecision(true, "ana", "ticket 7", At(2)),
    }]);

    private static string[] Named(ResponsePlan plan, bool free) =>
    [
        .. plan.Actions.Where(action => action.Guard is GuardVerdict.Free == free)
            .SelectMany(action => action.Request.Targets.Select(target => $"{action.ActionId} {target.Name}")),
    ];
}
