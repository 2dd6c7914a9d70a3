using System.Text.Json;
using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

public sealed class CorrelatorProperties
{
    private static readonly CorrelationSettings Settings = new();

    private static Verdict Judge(IEnumerable<Observation> observations) => Correlator.Judge(Case(observations), new ResponsePolicy());

    private static int Level(Verdict verdict) => verdict.Level;

    [Fact]
    public void The_order_of_arrival_and_duplicates_make_no_difference() => Properties.Holds(
        from observations in Any.ArrayOf() from shuffled in Gen.Shuffle(observations.Concat(observations).ToArray()) select (observations, shuffled),
        pair => Text(Judge(pair.observations)) == Text(Judge(pair.shuffled)));

    [Fact]
    public void One_more_observation_never_makes_a_verdict_milder() => Properties.Holds(
        from observations in Any.ArrayOf() from more in Any select (observations, more: more with { EventId = "one-more" }),
        pair => Level(Judge([.. pair.observations, pair.more])) >= Level(Judge(pair.observations)));

    [Fact]
    public void What_says_nothing_never_makes_a_verdict_worse_by_what_is_usual_for_its_actor() => Properties.Holds(
        from observations in Any.ArrayOf()
        from more in Any
        from days in Gen.Choose(0, 12)
        from isKnown in Gen.Elements(true, false)
        select (observations, more: more with { EventId = "one-more", Traits = [new(TraitKind.Region, "us-east-1")] }, baseline: Usual(more.Actor.Key, days, isKnown)),
        pair => !Correlator.SaysNothing(pair.more, new ResponsePolicy(), pair.baseline)
            || Level(Correlator.Judge(Case([.. pair.observations, pair.more]), new ResponsePolicy(), pair.baseline))
                <= Level(Correlator.Judge(Case(pair.observations), new ResponsePolicy(), pair.baseline)));

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(12, true, true)]
    [InlineData(12, false, false)]
    public void An_observation_without_signals_says_something_only_where_it_is_unusual(int days, bool isKnown, bool saysNothing) => Assert.Equal(
        saysNothing,
        Correlator.SaysNothing(
            Of("e", 0) with { Traits = [new(TraitKind.Region, "us-east-1")] }, new ResponsePolicy(), Usual(Thief.Key, days, isKnown)));

    [Fact]
    public void An_observation_with_a_signal_says_something() =>
        Assert.False(Correlator.SaysNothing(Signalled("e", 0, SignalCategory.Recon, 1), new ResponsePolicy(), Baseline.Empty));

    private static Baseline Usual(string actorKey, int days, bool isKnown) => new(Baseline.Empty.Actors.Add(
        actorKey,
        Enumerable.Range(2, days).Aggregate(
            ActorHistory.Empty, (history, ago) => history.Add(Start.AddDays(-ago), [new(TraitKind.Region, isKnown ? "us-east-1" : "eu-west-1")]))));

    [Fact]
    public void One_category_alone_never_contains_without_a_decisive_act() => Properties.Holds(
        from observations in Any.ArrayOf() from category in Gen.Elements(Enum.GetValues<SignalCategory>()) select (observations, category),
        pair => Judge(pair.observations.Select(observation => observation with
        {
            Signals = [.. observation.Signals.Select(signal => signal with { Category = pair.category, Finding = signal.Finding with { Decisive = false } })],
        })) is not Verdict.Contain);

    [Fact]
    public void Later_by_the_same_time_is_the_same() => Properties.Holds(
        from observations in Any.ArrayOf() from days in Gen.Choose(-1000, 1000) select (observations, days),
        pair => Judge(pair.observations).Score == Judge(pair.observations.Select(observation => observation with
        {
            Time = observation.Time.AddDays(pair.days),
            Signals = [.. observation.Signals.Select(signal => signal with { Time = signal.Time.AddDays(pair.days) })],
        })).Score);

    [Fact]
    public void The_score_is_never_more_than_all_caps_in_a_rush() => Properties.Holds(
        Any.ArrayOf(), observations => Judge(observations).Score <= Settings.Caps.Values.Sum() * 2);

    [Fact]
    public void A_verdict_s_signals_are_of_the_case_and_lie_within_the_window() => Properties.Holds(
        Any.ArrayOf(),
        observations => Judge(observations).Signals is var counted
            && (counted.IsEmpty || counted[^1].Time - counted[0].Time <= TimeSpan.FromMinutes(Settings.LongWindowMinutes))
            && counted.All(signal => Case(observations).Signals.Contains(signal)));

    private static string Text(Verdict verdict) => JsonSerializer.Serialize(verdict, CaseJson.Default.Verdict);
}
