using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Tests.Response;

public sealed class ApprovedScopeTests
{
    private const string Account = "111122223333";
    private static readonly DateTimeOffset Now = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly ResponsePolicy Approve = new() { Mode = ResponseMode.Approve };

    [Fact]
    public void An_approval_lifts_the_mode_from_the_whole_incident_and_a_rejection_or_silence_does_not()
    {
        var approved = ApprovedScope.Of([Asked("i-00000000000000001", isApproved: true)]);

        Assert.IsType<GuardVerdict.Free>(Check("i-00000000000000001", Approve, approved));
        Assert.IsType<GuardVerdict.Free>(Check("i-00000000000000002", Approve, approved));
        Assert.IsType<GuardVerdict.NeedsApproval>(Check("i-00000000000000001", Approve, ApprovedScope.Of([Asked("i-00000000000000001", isApproved: false)])));
        Assert.IsType<GuardVerdict.NeedsApproval>(Check("i-00000000000000001", Approve, ApprovedScope.Of([Asked("i-00000000000000001", isApproved: null)])));
    }

    [Fact]
    public void Caps_and_actions_that_always_wait_ask_anew_about_what_was_not_named()
    {
        var approved = ApprovedScope.Of([Asked("i-00000000000000001", isApproved: true)]);
        var capped = Approve with { Guards = new() { MaxInstancesPerIncident = 0 } };
        var always = Approve with { Guards = new() { ApprovalFor = ["ec2.terminate-instances"] } };

        Assert.All([capped, always], policy => Assert.IsType<GuardVerdict.Free>(Check("i-00000000000000001", policy, approved)));
        Assert.All([capped, always], policy => Assert.IsType<GuardVerdict.NeedsApproval>(Check("i-00000000000000002", policy, approved)));
        Assert.IsType<GuardVerdict.NeedsApproval>(Guards.Check(Descriptors.Terminate, Request("i-00000000000000001", "i-00000000000000002"), always, automatic: true, approved: approved));
    }

    [Fact]
    public void No_approval_touches_what_must_be_left_alone_nor_acts_in_mode_observe()
    {
        var approved = ApprovedScope.Of([Asked("i-00000000000000001", isApproved: true)]);

        Assert.IsType<GuardVerdict.Held>(Check("i-00000000000000001", new ResponsePolicy(), approved));
        Assert.IsType<GuardVerdict.Held>(Check("i-00000000000000001", Approve with { Guards = new() { ExemptAccounts = [Account] } }, approved));
    }

    [Fact]
    public void A_question_names_only_what_waits_for_a_person_and_no_more_than_fits()
    {
        PlannedAction Planned(GuardVerdict guard, int count) =>
            new(ResponseStage.Eradicate, "ec2.terminate-instances", Request([.. Enumerable.Range(0, count).Select(number => $"i-{number:x17}")]), guard);
        var plan = new ResponsePlan(
            "inc-1", [Planned(new GuardVerdict.Free(), 1), Planned(new GuardVerdict.Held("x"), 1), Planned(new GuardVerdict.NeedsApproval("y"), 5_000), Planned(new GuardVerdict.NeedsApproval("z"), 5_000)], []);

        var items = Approval.ItemsOf(plan);

        Assert.Equal([("y", 5_000), ("z", Approval.MostTargets - 5_000)], items.Select(item => (item.Reason, item.Targets.Length)));
    }

    [Fact]
    public void Silence_counts_as_a_no_once_time_is_up()
    {
        var silent = Asked("i-00000000000000001", isApproved: null);

        Assert.True(silent.IsPending(Now));
        Assert.False(silent.IsRefused(Now));
        Assert.False(silent.IsPending(silent.Until));
        Assert.True(silent.IsRefused(silent.Until));
        Assert.StartsWith("Nobody answered until 2025-11-03", silent.Standing(silent.Until), StringComparison.Ordinal);
    }

    private static GuardVerdict Check(string instance, ResponsePolicy policy, ApprovedScope approved) =>
        Guards.Check(Descriptors.Terminate, Request(instance), policy, automatic: true, approved: approved);

    private static Approval Asked(string instance, bool? isApproved) => new()
    {
        Incident = "inc-1",
        Round = 1,
        Number = 1,
        Asked = Now,
        Until = Now.AddDays(1),
        Items = [new("ec2.terminate-instances", [Instance(instance)], "because")],
        Decision = isApproved is { } answer ? new(answer, "alice", "ticket 42", Now) : null,
    };

    private static ActionRequest Request(params ImmutableArray<string> instances) => new()
    {
        Mode = ActionMode.Apply,
        Account = Account,
        Region = "us-east-1",
        Targets = [.. instances.Select(Instance)],
        Reason = "test",
    };

    private static ResourceRef Instance(string id) => ResourceRef.Of(ResourceKind.Instance, Account, "us-east-1", id);
}
