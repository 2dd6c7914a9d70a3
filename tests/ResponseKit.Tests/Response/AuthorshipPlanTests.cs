using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Response;

/// <summary>What a plan does about things that a call named, and how much it does without asking.</summary>
public sealed class AuthorshipPlanTests
{
    private static readonly ResponsePolicy Enforce = new() { Mode = ResponseMode.Enforce };

    private static readonly ImmutableArray<ActionDescriptor> Actions =
    [
        .. Descriptors.All.Select(action => action.Target == ResourceKind.Instance
            ? action with
            {
                Options = [AuthorshipOptions.Since, AuthorshipOptions.Begins, AuthorshipOptions.Groups],
                Triggers = action.Id == "ec2.terminate-instances" ? [.. action.Triggers, ActionTrigger.Detached(ResourceKind.Instance)] : action.Triggers,
                ProvesEachTarget = true,
            }
            : action.Target == ResourceKind.IamRole || action.Target == ResourceKind.IamUser ? action
            : action with { Options = [AuthorshipOptions.Since, AuthorshipOptions.Begins, AuthorshipOptions.By] }),
        LockDown, EndOf(ResourceKind.Fleet), EndOf(ResourceKind.SpotFleet), EndOf(ResourceKind.SpotRequest),
    ];

    private static ActionDescriptor LockDown => Descriptors.ScaleToZero with
    {
        Id = "lambda.lock-down-function",
        Title = "Lock down a function",
        Target = ResourceKind.LambdaFunction,
        Triggers = [ActionTrigger.Created(ResourceKind.LambdaFunction), ActionTrigger.Altered(ResourceKind.LambdaFunction)],
    };

    private static ActionDescriptor EndOf(ResourceKind kind) => Descriptors.TearDownCluster with
    {
        Id = $"end {kind}",
        Title = $"End a {kind}",
        Target = kind,
        Triggers = [ActionTrigger.Created(kind)],
    };

    private static ResourceRef Ref(ResourceKind kind, string name) => ResourceRef.Of(kind, Account, "us-east-1", name);

    private static ResponsePlan Plan(ResponsePolicy policy, params IEnumerable<Observation> observations)
    {
        var file = Case(observations);
        return ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, policy)), Actions, policy);
    }

    [Fact]
    public void What_a_call_only_named_is_left_alone_and_told_with_the_lever()
    {
        var plan = Plan(Enforce, Made("1", 1, Ref(ResourceKind.EcsCluster, "prod"), LineageRelation.Mentioned), Made("2", 2, Ref(ResourceKind.IamRole, "deploy"), LineageRelation.Mentioned));
        Assert.Equal(["iam.contain-user"], plan.Actions.Select(action => action.ActionId));
        Assert.All(plan.Pages, page => Assert.Contains("left alone", page.Reason, StringComparison.Ordinal));
        Assert.Contains(plan.Pages, page => page.Subject.EndsWith("cluster/prod", StringComparison.Ordinal) && page.Lever.Contains("vouched", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cluster_that_was_named_while_full_is_not_made_by_naming_it_again_when_it_is_empty()
    {
        var cluster = Ref(ResourceKind.EcsCluster, "prod");
        Assert.DoesNotContain(
            Plan(Enforce, Made("1", 1, cluster, LineageRelation.Mentioned), Made("2", 2, cluster)).Actions, action => action.ActionId == "ecs.tear-down-cluster");
        Assert.Contains(
            Plan(Enforce, Made("1", 1, cluster), Made("2", 2, cluster, LineageRelation.Mentioned)).Actions, action => action.ActionId == "ecs.tear-down-cluster");
    }

    [Fact]
    public void An_instance_that_was_taken_out_of_a_group_of_the_actors_is_terminated_by_what_the_group_launched()
    {
        var (group, miner, server) = (Ref(ResourceKind.AutoScalingGroup, "g"), Ref(ResourceKind.Instance, "i-0123456789abcdef0"), Ref(ResourceKind.Instance, "i-0123456789abcdef1"));
        var detached = Of("3", 3) with
        {
            Lineage =
            [
                new(miner, LineageRelation.Detached, "3", At(3)) { Group = "g" }, new(server, LineageRelation.Detached, "3", At(3)) { Group = "web" },
            ],
        };
        var plan = Plan(Enforce, Made("1", 1.5, group), detached);
        var terminate = Assert.Single(plan.Actions, action => action.ActionId == "ec2.terminate-instances");
        Assert.Equal(miner, Assert.Single(terminate.Request.Targets));
        Assert.Equal(("2025-11-02T10:01:00Z", """["g"]"""), (terminate.Request.Options["since"], terminate.Request.Options["groups"]));
        Assert.Contains(plan.Pages, page => page.Subject.EndsWith(server.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_request_says_when_the_record_was_made_when_the_incident_began_and_who_acted()
    {
        var plan = Plan(Enforce, Of("0", 0), Made("1", 1, Ref(ResourceKind.EcsCluster, "mine")), Made("2", 2, Ref(ResourceKind.Instance, "i-0123456789abcdef0")));
        var options = plan.Actions.Single(action => action.ActionId == "ecs.tear-down-cluster").Request.Options;
        Assert.Equal(("2025-11-02T10:01:00Z", "2025-11-02T09:50:00Z", Thief.Key), (options["since"], options["begins"], options["by"]));
        Assert.All(
            plan.Actions.Where(action => action.Request.Targets[0].Kind == ResourceKind.Instance), action => Assert.Equal("2025-11-02T10:02:00Z", action.Request.Options["since"]));
    }

    [Fact]
    public void More_things_that_were_there_before_than_the_cap_wait_for_a_person()
    {
        var plan = Plan(
            Enforce,
            [
                .. Enumerable.Range(0, 12).Select(number => Made($"f{number}", number, Ref(ResourceKind.LambdaFunction, $"f{number}"), LineageRelation.Altered)),
                .. Enumerable.Range(0, 12).Select(number => Made($"r{number}", number + 0.5, Ref(ResourceKind.IamRole, $"r{number}"), LineageRelation.Entered)),
            ]);
        var free = plan.Actions.Where(action => action.Guard is GuardVerdict.Free && action.ActionId != "iam.contain-user").Sum(action => action.Request.Targets.Length);
        Assert.Equal(Enforce.Guards.MaxAlteredPerIncident, free);
        var asked = plan.Actions.Where(action => action.Guard is GuardVerdict.NeedsApproval).ToList();
        Assert.Equal(24 - free, asked.Sum(action => action.Request.Targets.Length));
        Assert.All(asked, action => Assert.Equal(ActionMode.Plan, action.Request.Mode));
        var none = Enforce with { Guards = new() { MaxAlteredPerIncident = 0 } };
        Assert.IsType<GuardVerdict.NeedsApproval>(Plan(none, Made("1", 1, Ref(ResourceKind.LambdaFunction, "f"), LineageRelation.Altered)).Actions[^1].Guard);
        Assert.IsType<GuardVerdict.Free>(Plan(none, Made("1", 1, Ref(ResourceKind.LambdaFunction, "f"))).Actions[^1].Guard);
    }

    [Theory]
    [InlineData(999, 1, true)]
    [InlineData(1000, 1, false)]
    [InlineData(1001, 0, false)]
    public void A_group_counts_as_its_members_together_with_single_instances(int size, int instances, bool isFree)
    {
        var group = Of("g", 1) with { Lineage = [new(Ref(ResourceKind.AutoScalingGroup, "g"), LineageRelation.Created, "g", At(1)) { Size = size }] };
        var plan = Plan(Enforce, [group, .. Enumerable.Range(0, instances).Select(number => Made($"{number}", 2, Ref(ResourceKind.Instance, $"i-{number:x17}")))]);
        var verdicts = plan.Actions.Where(action => action.ActionId is "autoscaling.scale-to-zero" or "ec2.terminate-instances").Select(action => action.Guard is GuardVerdict.Free);
        Assert.Equal(isFree, verdicts.All(free => free));
    }

    [Theory]
    [InlineData(1000, null, true)]
    [InlineData(1001, null, false)]
    [InlineData(2, 1001, false)]
    public void A_fleet_counts_as_the_most_that_it_was_asked_to_be(int size, int? later, bool isFree)
    {
        foreach (var kind in (ResourceKind[])[ResourceKind.Fleet, ResourceKind.SpotFleet])
        {
            var made = Of("1", 1) with { Lineage = [new(Ref(kind, "f"), LineageRelation.Created, "1", At(1)) { Size = size }] };
            var raised = Of("2", 2) with { Lineage = [new(Ref(kind, "f"), LineageRelation.Altered, "2", At(2)) { Size = later }] };
            Assert.Equal(isFree, Plan(Enforce, made, raised).Actions.Single(action => action.ActionId == $"end {kind}").Guard is GuardVerdict.Free);
        }
    }

    [Fact]
    public void A_Spot_request_counts_as_an_instance()
    {
        var policy = Enforce with { Guards = new() { MaxInstancesPerIncident = 2 } };
        var plan = Plan(policy, Enumerable.Range(0, 3).Select(number => Made($"{number}", number, Ref(ResourceKind.SpotRequest, $"sir-{number}"))));
        Assert.Equal(
            [true, true, false], plan.Actions.Where(action => action.ActionId == "end ec2-spot-request").SelectMany(action => action.Request.Targets.Select(_ => action.Guard is GuardVerdict.Free)));
    }

    [Fact]
    public void A_cluster_counts_as_its_tasks()
    {
        var service = Of("s", 2) with { Lineage = [new(Ref(ResourceKind.EcsService, "mine/s"), LineageRelation.Created, "s", At(2)) { Size = 1001 }] };
        var plan = Plan(Enforce, Made("1", 1, Ref(ResourceKind.EcsCluster, "mine")), service);
        Assert.IsType<GuardVerdict.NeedsApproval>(plan.Actions.Single(action => action.ActionId == "ecs.tear-down-cluster").Guard);
    }
}
