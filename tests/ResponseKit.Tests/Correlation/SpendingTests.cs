using System.Globalization;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Detections;
using ResponseKit.Detections.Costs;
using ResponseKit.Policy;
using ResponseKit.Records;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

/// <summary>What runs because of an actor: every success adds up, whatever is repeated, left out or set again.</summary>
public sealed class SpendingTests
{
    private static readonly CorrelationSettings Settings = new();

    [Fact]
    public void The_same_launch_forty_times_costs_forty_times_as_much_and_is_braked_once_it_is_dear()
    {
        var verdict = Assert.IsType<Verdict.Brake>(Judged(Enumerable.Range(0, 40).Select(at => Spent($"e{at:00}", at / 15.0, 130))));

        Assert.Equal(40 * 130, verdict.UsdPerHour);
        Assert.Equal("e03", verdict.FirstAlert!.EventId);
        Assert.Contains("about $5,200 an hour", verdict.Explanation.Sum, StringComparison.Ordinal);
    }

    [Fact]
    public void Heard_of_twice_it_counts_once() =>
        Assert.Equal(1_300, Judged(Enumerable.Range(0, 20).Select(at => Spent($"e{at % 10}", at % 10 / 15.0, 130))).UsdPerHour);

    [Fact]
    public void Far_more_launches_than_are_kept_one_by_one_are_all_added_up_and_no_more_are_kept_for_it()
    {
        var many = Enumerable.Range(0, 1_500).Select(at => Spent($"e{at:0000}", at * 4.9 / 1_500, 1)).ToList();
        var tree = Assert.Single(new CaseTrees(many, new()).Since(DateTimeOffset.MinValue));

        Assert.InRange(Assert.Single(tree.Evidence).Observations.Length, 9, 16);
        Assert.Equal(1_500, Correlator.Judge(tree, new(), Baseline.Empty).UsdPerHour);
    }

    [Fact]
    public void Beyond_all_measure_it_is_said_that_something_is_left_out()
    {
        var slot = new Slot();
        for (var at = 0; at < 2_500; at++)
            slot.Add(Spent($"e{at:0000}", at * 4.9 / 2_500, 1));

        Assert.True(slot.IsThinned);
        Assert.Equal(2_000, slot.ToContent().Spent.Sum(spent => spent.Entries.Length));
    }

    [Fact]
    public void A_size_that_is_set_again_replaces_what_it_cost()
    {
        var verdict = Judged([Sized("e1", 0, 60), Sized("e2", 1, 60), Sized("e3", 2, 20), Sized("e4", 3, 20, "other")]);

        Assert.Equal(80, verdict.UsdPerHour);
    }

    [Fact]
    public void Far_more_services_than_are_kept_one_by_one_are_all_added_up_and_one_that_is_set_again_is_not()
    {
        var many = Enumerable.Range(0, 200).Select(at => Sized($"e{at:000}", at * 4.9 / 200, 50, $"service {at}")).ToList();

        Assert.Equal(10_000, Judged(many).UsdPerHour);
        Assert.Equal(10_000, Judged(many.Append(Sized("again", 4.95, 50, "service 7"))).UsdPerHour);
        var slot = new Slot();
        foreach (var one in many)
            slot.Add(one);
        Assert.Equal(200, slot.ToContent().Spent.Sum(spent => spent.Entries.Count(entry => entry.Sets is not null)));
    }

    [Fact]
    public void A_refused_launch_costs_nothing() =>
        Assert.Equal(0, Judged([Spent("e1", 0, 900, new CallOutcome.Denied("AccessDenied"))]).UsdPerHour);

    [Fact]
    public void What_is_run_from_a_template_costs_what_the_template_says_whichever_is_heard_of_first()
    {
        Observation[] both = [Costing("e2", 1, new Cost(0) { Uses = "worker", Units = 30, MostUnits = 900 }), Costing("e1", 0, new Cost(0) { Defines = ["worker"], UnitUsdPerHour = 4 })];

        var verdict = Judged(both);
        Assert.Equal((120, 3_600), (verdict.UsdPerHour, verdict.MostUsdPerHour));
        Assert.Equal(120, Judged(both.Reverse()).UsdPerHour);
        Assert.Equal(30 * Prices.UnknownMachine, Judged(both[..1]).UsdPerHour);
    }

    [Fact]
    public void What_an_actor_has_long_spent_is_usual_up_to_a_limit()
    {
        ActorHistory Spending(int usd, int firstDaysAgo, int lastDaysAgo) => new[] { firstDaysAgo, lastDaysAgo }.Aggregate(
            ActorHistory.Empty, (history, ago) => history.Add(Start.AddDays(-ago), [new(TraitKind.Spend, usd.ToString(CultureInfo.InvariantCulture))]));

        Assert.Equal(1_024_000_000, Spending(512, 30, 2).UsualMicros(Start));
        Assert.Equal(0, Spending(512, 5, 2).UsualMicros(Start));
        Assert.Equal(0, Spending(512, 30, 30).UsualMicros(Start));
        Assert.Equal(2_000_000_000, Spending(65_536, 30, 2).UsualMicros(Start));
        var baseline = new Baseline(Baseline.Empty.Actors.Add(Thief.Key, Spending(512, 30, 2)));
        Assert.IsType<Verdict.Ignore>(Correlator.Judge(Case(Spent("e1", 0, 900)), new(), baseline));
        Assert.IsType<Verdict.Brake>(Correlator.Judge(Case(Spent("e1", 0, 1_600)), new(), baseline));
    }

    [Fact]
    public void Who_enters_several_roles_has_what_is_usual_for_one_of_them()
    {
        var history = ActorHistory.Empty.Add(Start.AddDays(-30), [new(TraitKind.Spend, "512")]).Add(Start.AddDays(-2), [new(TraitKind.Spend, "512")]);
        var other = new ResponseKit.Actors.Actor.Role(Account, "deploy", "/");
        var baseline = new Baseline(Baseline.Empty.Actors.Add(Thief.Key, history).Add(other.Key, history));

        Assert.IsType<Verdict.Brake>(Correlator.Judge(Case(Spent("e1", 0, 1_600), Signalled("e2", 0, SignalCategory.Recon, 0) with { Actor = other }), new(), baseline));
    }

    [Fact]
    public void A_case_whose_observations_were_all_given_back_or_dismissed_says_nothing_however_well_its_actor_is_known()
    {
        var history = ActorHistory.Empty.Add(Start.AddDays(-30), [new(TraitKind.Spend, "512")]).Add(Start.AddDays(-2), [new(TraitKind.Spend, "512")]);

        Assert.IsType<Verdict.Ignore>(Correlator.Judge(new CaseFile(Thief.Key, []), new(), new Baseline(Baseline.Empty.Actors.Add(Thief.Key, history))));
    }

    [Theory]
    [InlineData(49, "ignore")]
    [InlineData(50, "watch")]
    [InlineData(500, "brake")]
    public void Money_alone_is_watched_and_then_braked_and_never_contained(int usd, string verdict) => Assert.Equal(verdict, Judged([Spent("e", 0, usd)]).Name);

    [Theory]
    [InlineData(24, "ignore")]
    [InlineData(25, "brake")]
    [InlineData(100, "contain")]
    public void With_signs_of_intent_less_money_is_enough(int usd, string verdict) => Assert.Equal(
        verdict, Judged([Spent("e", 0, usd), Signalled("p", 0, SignalCategory.PermissionProbing, 12, outcome: new CallOutcome.Denied("AccessDenied"))]).Name);

    [Fact]
    public void Many_regions_at_once_are_braked_and_templates_in_many_regions_are_not()
    {
        Observation In(int region, Cost cost) => Costing($"e{region}", region / 10.0, cost, $"region-{region}");

        Assert.IsType<Verdict.Brake>(Judged(Enumerable.Range(0, 8).Select(region => In(region, new Cost(7)))));
        Assert.IsType<Verdict.Watch>(Judged(Enumerable.Range(0, 7).Select(region => In(region, new Cost(8)))));
        Assert.IsType<Verdict.Watch>(Judged(Enumerable.Range(0, 8).Select(region => In(region, new Cost(0) { Defines = ["t"], UnitUsdPerHour = 1 })).Append(Spent("x", 1, 60))));
    }

    [Theory]
    [InlineData("5200", "about $5,200 an hour")]
    [InlineData("326.4", "about $330 an hour")]
    [InlineData("0.0052", "about $0.01 an hour")]
    [InlineData("0", "about $0 an hour")]
    public void Two_figures_are_as_exact_as_it_is(string usd, string said) => Assert.Equal(said, Dollars.AnHour(decimal.Parse(usd, CultureInfo.InvariantCulture)));

    [Fact]
    public void A_type_that_is_not_listed_is_estimated_by_its_size()
    {
        Assert.Equal((0.204m, false), (Prices.Machine("a1.2xlarge", out var listed)!.Value, listed));
        Assert.Equal((4.8m, true), (Prices.Machine("m99.25xlarge", out var estimated)!.Value, estimated));
        Assert.Null(Prices.Machine("nonsense", out _));
    }

    private static Verdict Judged(IEnumerable<Observation> observations) =>
        Correlator.Judge(Assert.Single(new CaseTrees(observations, new()).Since(DateTimeOffset.MinValue)), new ResponsePolicy { Correlation = Settings }, Baseline.Empty);

    private static Observation Spent(string id, double minutes, decimal usd, CallOutcome? outcome = null) => Costing(id, minutes, new Cost(usd), outcome: outcome);

    private static Observation Sized(string id, double minutes, decimal usd, string what = "group") => Costing(id, minutes, new Cost(usd) { Sets = what });

    private static Observation Costing(string id, double minutes, Cost cost, string region = "us-east-1", CallOutcome? outcome = null) => Of(id, minutes) with
    {
        Region = region,
        Signals =
        [
            new Signal(
                "ec2.machines-running", SignalCategory.Provisioning, id, At(minutes), Thief, region, outcome ?? new CallOutcome.Succeeded(),
                new Finding(0, "launched machines") { Cost = cost }),
        ],
    };
}
