using System.Text;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Response;
using ResponseKit.Response.Execution;
using ResponseKit.Response.Running;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Response;

/// <summary>What another round of an incident asks for: restraints that lie after the last act, and an answer to where new sessions come from.</summary>
public sealed class RoundTests
{
    private const string RoleId = "AROAEXAMPLEEXAMPLE77X";
    private static readonly Actor.Role Deploy = new(Account, "deploy", "/");
    private static readonly ResponsePolicy Enforce = new() { Mode = ResponseMode.Enforce };

    [Fact]
    public void A_role_is_told_when_it_acted_last_and_what_was_refused_is_no_act()
    {
        var plan = Plan(PlanRound.First, Acts("1", 1), Acts("2", 7), Acts("3", 9, new CallOutcome.Denied("AccessDenied")));

        Assert.Equal(Authorship.Text(At(7)), RoleRequest(plan).Options["acted"]);
        Assert.Equal(RoleId, RoleRequest(plan).Options["uniqueId"]);
    }

    [Fact]
    public void A_cut_must_lie_after_the_opening_of_the_round_as_well()
    {
        var plan = Plan(new PlanRound(2, At(20), At(15)), Acts("1", 1));

        Assert.Equal(Authorship.Text(At(20)), RoleRequest(plan).Options["acted"]);
        Assert.Equal(2, RoleRequest(plan).Round);
    }

    [Fact]
    public void Whoever_gets_new_sessions_is_named_with_the_instance_and_the_command_and_denied_the_next_time()
    {
        var fresh = Acts("2", 16) with { Session = $"{RoleId}:i-0123456789abcdef0" };
        var second = Plan(new PlanRound(2, At(17), At(15)), Acts("1", 1), fresh);
        var third = Plan(new PlanRound(3, At(17), At(15)), Acts("1", 1), fresh);
        var late = Plan(new PlanRound(3, At(17), At(15)), Acts("1", 1), Acts("2", 14));

        var page = Assert.Single(second.Pages);
        Assert.Equal(Deploy.Key, page.Subject);
        Assert.Contains("instance i-0123456789abcdef0", page.Reason, StringComparison.Ordinal);
        Assert.Contains("aws ec2 disassociate-iam-instance-profile", page.Lever, StringComparison.Ordinal);
        Assert.False(RoleRequest(second).Options.ContainsKey("denyAll"));
        Assert.Equal("true", RoleRequest(third).Options["denyAll"]);
        // Lateness alone, without a session from after the end, neither denies nor names anybody.
        Assert.Empty(late.Pages);
        Assert.False(RoleRequest(late).Options.ContainsKey("denyAll"));
    }

    [Fact]
    public void Who_opened_a_new_session_is_named_where_it_is_known()
    {
        var opened = Of("0", 16) with
        {
            Actor = new Actor.External("444455556666", "AIDAOUTSIDE"),
            Links = [new CaseLink($"{RoleId}:x", "external:444455556666:AIDAOUTSIDE", At(16)) { Kind = LinkKind.Opened, Subject = "deploy x" }],
        };

        var plan = Plan(new PlanRound(2, At(17), At(15)), Acts("1", 1), opened, Acts("2", 16) with { Session = $"{RoleId}:x" });

        var page = Assert.Single(plan.Pages, page => page.Subject == Deploy.Key);
        Assert.Contains("external:444455556666:AIDAOUTSIDE", page.Reason, StringComparison.Ordinal);
        Assert.Contains("aws iam update-assume-role-policy --role-name deploy", page.Lever, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_is_told_by_id_and_the_latest_id_of_a_name_counts()
    {
        var plan = Plan(PlanRound.First, Of("1", 0) with { PrincipalId = "AIDAFIRSTFIRSTFIRST77" }, Of("2", 1) with { PrincipalId = "AIDASECONDSECOND22222" });

        Assert.Equal("AIDASECONDSECOND22222", plan.Actions.Single(action => action.ActionId == "iam.contain-user").Request.Options["uniqueId"]);
    }

    [Fact]
    public void Each_round_has_receipts_of_its_own_and_its_request_reads_as_it_was_written()
    {
        var (first, second) = (RoleRequest(Plan(PlanRound.First, Acts("1", 1))), RoleRequest(Plan(new PlanRound(2, At(20), At(15)), Acts("1", 1))));

        Assert.NotEqual(ReceiptId.For("iam.contain-role", first), ReceiptId.For("iam.contain-role", second));
        Assert.Equal(second, Assert.IsType<ActionRequestResult.Valid>(ActionRequestParser.Parse(Encoding.UTF8.GetBytes(second.ToJson()), Role)).Request);
        var wrong = Assert.IsType<ActionRequestResult.Invalid>(ActionRequestParser.Parse(Encoding.UTF8.GetBytes(second.ToJson().Replace("\"round\":2", "\"round\":0", StringComparison.Ordinal)), Role));
        Assert.Equal("round", Assert.Single(wrong.Errors).Field);
    }

    [Fact]
    public void Whoever_acts_after_they_were_restrained_is_taken_up_again_in_the_same_round()
    {
        var ledger = new ResponseLedger(new RunnerSettings(), [], []);
        ledger.TakeUp(Plan(PlanRound.First, Acts("1", 1)), 0);

        Assert.Empty(ledger.TakeUp(Plan(PlanRound.First, Acts("1", 1)), 1).Actions.Where(action => action.ActionId == "iam.contain-role"));
        var again = Assert.Single(ledger.TakeUp(Plan(PlanRound.First, Acts("1", 1), Acts("2", 5)), 2).Actions, action => action.ActionId == "iam.contain-role");

        Assert.Equal(Authorship.Text(At(5)), again.Request.Options["acted"]);
        Assert.Equal(again, ledger.Actions.Single(action => action.ActionId == "iam.contain-role"));
    }

    private static ActionDescriptor Role => Descriptors.ContainRole with { Options = [AuthorshipOptions.Acted, AuthorshipOptions.UniqueId, new ActionOption("denyAll", "true or false", "")] };

    private static ActionDescriptor User => Descriptors.ContainUser with { Options = [AuthorshipOptions.UniqueId] };

    private static Observation Acts(string id, double minutes, CallOutcome? outcome = null) =>
        Signalled(id, minutes, SignalCategory.Provisioning, 30, outcome: outcome) with { Actor = Deploy, Session = $"{RoleId}:somebody", PrincipalId = RoleId };

    private static ActionRequest RoleRequest(ResponsePlan plan) => plan.Actions.Single(action => action.ActionId == "iam.contain-role").Request;

    private static ResponsePlan Plan(PlanRound round, params Observation[] observations)
    {
        var file = Case(observations);
        return ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, Enforce)), [Role, User], Enforce, round: round);
    }
}
