using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Running;

namespace ResponseKit.Aws.Tests.Response;

public sealed class ResponseLedgerTests
{
    private static readonly RunnerSettings Settings = new() { QuietLooks = 2, MaxLooks = 6 };

    [Fact]
    public void A_plan_that_is_too_long_is_taken_up_in_passes_in_order_and_nothing_twice_or_never() => Prop.ForAll(
        Gen.Choose(400, 20_000).Two().ToArbitrary(), Gen.Choose(1, 60).Three().ToArbitrary(), (bytes, sizes) =>
        {
            var plan = Plan(
                Apply("iam.contain-user", ResponseStage.ContainIdentity, Names("mallory", sizes.Item1)),
                Apply("ecs.tear-down-cluster", ResponseStage.StopSpend, Names("cluster", sizes.Item2)),
                Apply("ec2.terminate-instances", ResponseStage.Eradicate, Names("instance", sizes.Item3)));
            var ledger = new ResponseLedger(Settings, [], []);
            var asked = new List<(string Action, ResourceRef Target)>();
            for (var (look, more) = (0, true); more; look++)
            {
                var pass = ledger.TakeUp(plan, look, bytes.Item1);
                more = pass.More;
                asked.AddRange(pass.Actions.SelectMany(action => action.Request.Targets.Select(target => (action.ActionId, target))));
                if (pass.Actions.Sum(action => Encoding.UTF8.GetByteCount(action.Request.ToJson())) > bytes.Item1)
                    return false;
            }

            return asked.SequenceEqual(plan.Actions.SelectMany(action => action.Request.Targets.Select(target => (action.ActionId, target))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_kept_of_a_response_goes_on_as_the_response_itself_would()
    {
        var plan = Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, ["mallory"]), Apply("ecs.tear-down-cluster", ResponseStage.StopSpend, ["a", "b"]));
        var ledger = new ResponseLedger(Settings, [], []);
        var first = ledger.TakeUp(plan, 0);
        var look = ledger.Note(0, [ResponseLedger.IdOf(first.Actions[1])], 0);
        var later = new ResponseLedger(Settings, [first], [look]);

        var next = later.TakeUp(Plan([.. plan.Actions, Apply("ecs.tear-down-cluster", ResponseStage.StopSpend, ["b", "c"])]), 1);

        Assert.Equal(["a b", "c"], next.Actions.Select(action => string.Join(' ', action.Request.Targets.Select(target => target.Name))));
        Assert.Equal(1, next.Fresh);
        Assert.Equal(first.Actions.Length + 1, later.Actions.Length);
    }

    [Fact]
    public void What_was_planned_while_a_person_was_asked_is_applied_verified_and_not_planned_again()
    {
        var apply = Apply("ecs.tear-down-cluster", ResponseStage.StopSpend, ["miner"]);
        var waiting = apply with { Request = apply.Request with { Mode = ActionMode.Plan }, Guard = new GuardVerdict.NeedsApproval("x") };
        var ledger = new ResponseLedger(Settings, [], []);
        var asked = ledger.TakeUp(Plan(waiting), 0, isAsked: true);
        var idle = ledger.TakeUp(Plan(waiting), 1, isAsked: true);

        var approved = ledger.TakeUp(Plan(apply), 2);
        var again = ledger.TakeUp(Plan(waiting), 3, isAsked: true);

        Assert.Equal((ActionMode.Plan, false), (Assert.Single(asked.Actions).Request.Mode, asked.Waits));
        Assert.True(idle.Waits);
        Assert.Equal((ActionMode.Apply, 1, false), (Assert.Single(approved.Actions).Request.Mode, approved.Fresh, approved.Waits));
        Assert.Empty(again.Actions);
        Assert.Equal(ActionMode.Apply, Assert.Single(ledger.Actions).Request.Mode);
    }

    [Fact]
    public void Waiting_for_a_person_begins_when_what_was_applied_has_come_to_rest_and_takes_no_looks_away()
    {
        var free = Apply("iam.contain-user", ResponseStage.ContainIdentity, ["mallory"]);
        var cluster = Apply("ecs.tear-down-cluster", ResponseStage.StopSpend, ["miner"]);
        var ledger = new ResponseLedger(Settings, [], []);
        for (var look = 0; look < 3; look++)
        {
            Assert.False(ledger.TakeUp(Plan(free), look, isAsked: true).Waits);
            ledger.Note(look, [], 0);
        }

        for (var pass = 3; pass < 50; pass++)
            Assert.True(ledger.TakeUp(Plan(free), pass, isAsked: true).Waits);
        ledger.TakeUp(Plan(free, cluster), 50);

        Assert.False(ledger.Note(50, [], 0).Done);
    }

    [Fact]
    public void Whoever_takes_a_response_over_goes_on_with_the_pass_that_nobody_has_looked_at_or_a_new_one()
    {
        var plan = Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, ["mallory"]));
        var ledger = new ResponseLedger(Settings, [], []);
        Assert.Equal(0, ledger.Due(0));
        ledger.TakeUp(plan, 0);
        ledger.TakeUp(plan, 1);
        Assert.Equal(1, ledger.Due(0));
        Assert.Equal(2, ledger.Due(2));
        ledger.Note(1, [], 0);
        Assert.Equal(2, ledger.Due(0));
        Assert.Equal(2, ledger.Due(2));
    }

    [Fact]
    public void It_comes_to_rest_after_as_many_quiet_looks_in_a_row_as_asked()
    {
        var plan = Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, ["mallory"]));
        var ledger = new ResponseLedger(Settings, [], []);
        string id = ResponseLedger.IdOf(ledger.TakeUp(plan, 0).Actions[0]);

        Assert.Equal((0, false), Looked(ledger, 0));
        ledger.TakeUp(plan, 1);
        Assert.Equal((1, false), Looked(ledger, 1));
        ledger.TakeUp(plan, 2);
        Assert.Equal((0, false), Looked(ledger, 2, id));
        Assert.Equal(id, ResponseLedger.IdOf(Assert.Single(ledger.TakeUp(plan, 3).Actions)));
        Assert.Equal((1, false), Looked(ledger, 3));
        ledger.TakeUp(plan, 4);
        Assert.Equal((2, true), Looked(ledger, 4));
        Assert.True(ledger.CameToRest);
    }

    [Fact]
    public void What_never_holds_is_given_up_after_the_last_look()
    {
        var plan = Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, ["mallory"]));
        var ledger = new ResponseLedger(Settings, [], []);
        var done = false;
        for (var look = 0; look <= Settings.MaxLooks; look++)
        {
            Assert.False(done);
            done = ledger.Note(look, [ResponseLedger.IdOf(Assert.Single(ledger.TakeUp(plan, look).Actions))], 0).Done;
        }

        Assert.True(done);
        Assert.False(ledger.CameToRest);
    }

    [Fact]
    public void A_look_that_ran_out_of_time_is_no_quiet_one_and_the_next_goes_on_from_there()
    {
        var ledger = new ResponseLedger(Settings, [], []);
        ledger.TakeUp(Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, ["a"]), Apply("iam.contain-user", ResponseStage.ContainIdentity, ["b"])), 0);
        ledger.Note(0, [], 0);

        Assert.Equal(0, ledger.Note(1, [], 1).Quiet);
        Assert.Equal(1, ledger.NextToLookAt);
        Assert.Equal(1, ledger.Note(2, [], 0).Quiet);
        Assert.Equal(0, ledger.NextToLookAt);
    }

    [Fact]
    public async Task A_look_without_time_sees_nothing_and_claims_nothing()
    {
        var ledger = new ResponseLedger(Settings, [], []);
        ledger.TakeUp(Plan(Apply("iam.contain-user", ResponseStage.ContainIdentity, ["a"])), 0);
        var functions = new ScriptedFunctions();
        var looker = new ResponseLooker(functions, Settings, new Progress<ResponseEvent>(), (_, _) => throw new InvalidOperationException("Asked without time."));

        var look = await looker.LookAsync(ledger, 0, new CancellationToken(canceled: true), CancellationToken.None);

        Assert.Empty(functions.Asked);
        Assert.Empty(look.Broken);
        Assert.Equal(0, look.Quiet);
        Assert.False(look.Done);
    }

    private static (int Quiet, bool Done) Looked(ResponseLedger ledger, int look, params ImmutableArray<string> broken)
    {
        var made = ledger.Note(look, broken, 0);
        return (made.Quiet, made.Done);
    }

    private static string[] Names(string stem, int count) => [.. Enumerable.Range(1, count).Select(number => $"{stem}-{number}")];

    private static ResponsePlan Plan(params ImmutableArray<PlannedAction> actions) => new("inc-1", actions, []);

    private static PlannedAction Apply(string action, ResponseStage stage, string[] targets) => new(
        stage,
        action,
        new ActionRequest
        {
            Mode = ActionMode.Apply,
            Account = "111122223333",
            Region = "us-east-1",
            Targets = [.. targets.Select(name => ResourceRef.Of(ResourceKind.EcsCluster, "111122223333", "us-east-1", name))],
            Reason = "test",
            Incident = "inc-1",
        },
        new GuardVerdict.Free());
}
