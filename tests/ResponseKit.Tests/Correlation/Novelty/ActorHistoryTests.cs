using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Correlation.Novelty;

namespace ResponseKit.Tests.Correlation.Novelty;

public sealed class ActorHistoryTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly Trait Home = new(TraitKind.Network, "198.51.0.0/16");
    private static readonly Trait Ireland = new(TraitKind.Region, "eu-west-1");

    private static Gen<(DateTimeOffset Time, Trait[] Traits)> Call =>
        from hours in Gen.Choose(0, 24 * 40)
        from kind in Gen.Elements(Enum.GetValues<TraitKind>())
        from value in Gen.Elements("a", "b", "c")
        select (Day.AddHours(hours), new[] { new Trait(kind, value) });

    private static ActorHistory Of(IEnumerable<(DateTimeOffset Time, Trait[] Traits)> calls) =>
        calls.Aggregate(ActorHistory.Empty, (history, call) => history.Add(call.Time, call.Traits));

    private static bool Same(ActorHistory one, ActorHistory other) => one.Days.SetEquals(other.Days)
        && one.Seen.Count == other.Seen.Count && one.Seen.All(pair => other.Seen.TryGetValue(pair.Key, out var span) && span == pair.Value);

    [Fact]
    public void Nothing_is_known_on_the_day_it_is_first_seen()
    {
        var history = ActorHistory.Empty.Add(Day, [Home]);
        Assert.False(history.Knows(Home, Day));
        Assert.False(history.Knows(Home, Day.AddHours(23.9)));
        Assert.True(history.Knows(Home, Day.AddHours(24)));
        Assert.False(history.Knows(Ireland, Day.AddHours(24)));
    }

    [Fact]
    public void What_was_not_seen_for_ninety_days_is_forgotten()
    {
        var history = ActorHistory.Empty.Add(Day, [Home]);
        Assert.True(history.Knows(Home, Day.AddDays(90)));
        Assert.False(history.Knows(Home, Day.AddDays(90.1)));
        Assert.True(history.Add(Day.AddDays(50), [Home]).Knows(Home, Day.AddDays(100)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(6, 0.5)]
    [InlineData(10, 1)]
    [InlineData(40, 1)]
    public void An_actor_settles_within_ten_days(int days, double settled)
    {
        var history = Of(Enumerable.Range(0, days).Select(day => (Day.AddDays(day), new[] { Home })));
        Assert.Equal(settled, history.SettledAt(Day.AddDays(days + 1)));
    }

    [Fact]
    public void Days_of_long_ago_do_not_make_settled() =>
        Assert.Equal(0, Of(Enumerable.Range(0, 20).Select(day => (Day.AddDays(day), new[] { Home }))).SettledAt(Day.AddDays(200)));

    [Fact]
    public void What_is_learned_from_a_time_on_can_be_taken_away()
    {
        var history = ActorHistory.Empty.Add(Day, [Home]).Add(Day.AddDays(5), [Home, Ireland]);
        var before = history.Before(Day.AddDays(4));
        Assert.True(before.Knows(Home, Day.AddDays(4)));
        Assert.False(before.Seen.ContainsKey(Ireland));
        Assert.Equal(Day.AddDays(4), before.Seen[Home].Last);
        Assert.Single(before.Days);
    }

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(12, true, false)]
    [InlineData(13, true, true)]
    [InlineData(-1, true, true)]
    [InlineData(3, false, true)]
    public void A_call_is_news_that_shows_something_new_or_not_seen_for_half_a_day(int hours, bool isHome, bool isNews)
    {
        var (history, time) = (ActorHistory.Empty.Add(Day, [Home]), Day.AddHours(hours));
        Assert.Equal(isNews, history.Add(time, []).IsNews(time, [isHome ? Home : Ireland]));
        Assert.True(history.IsNews(Day.AddDays(1), []));
    }

    [Fact]
    public void The_order_of_calls_makes_no_difference() => Properties.Holds(
        from calls in Call.ArrayOf() from shuffled in Gen.Shuffle(calls.Concat(calls).ToArray()) select (calls, shuffled),
        pair => Same(Of(pair.calls), Of(pair.shuffled)));

    [Fact]
    public void Merging_parts_is_the_same_as_learning_all() => Properties.Holds(
        from one in Call.ArrayOf() from other in Call.ArrayOf() select (one, other),
        pair => Same(Of(pair.one).Merge(Of(pair.other)), Of(pair.one.Concat(pair.other)))
            && Same(Of(pair.one).Merge(Of(pair.other)), Of(pair.other).Merge(Of(pair.one)))
            && Same(Of(pair.one).Merge(Of(pair.one)), Of(pair.one)));

    [Fact]
    public void A_history_stays_small_whatever_an_attacker_does()
    {
        var history = Of(Enumerable.Range(0, 2_000).Select(number => (Day.AddDays(number), new[] { new Trait(TraitKind.Agent, $"agent-{number}") })));
        Assert.Equal(ActorHistory.MaxTraits, history.Seen.Count);
        Assert.Equal(ActorHistory.MaxDays, history.Days.Count);
        Assert.Contains(new Trait(TraitKind.Agent, "agent-1999"), history.Seen.Keys);
    }
}
