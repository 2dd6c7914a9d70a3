using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Policy;

namespace ResponseKit.Tests.Correlation;

/// <summary>A brake is drawn out, and ends, whatever happens.</summary>
public sealed class BrakeSpanTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly BrakeSettings Usual = new();

    [Fact]
    public void It_lasts_as_long_as_the_policy_says()
    {
        var span = BrakeSpan.From(Start, new BrakeSettings { Minutes = 30, LongestMinutes = 45 });
        Assert.Equal(new BrakeSpan(Start, Start.AddMinutes(30), Start.AddMinutes(45)), span);
        Assert.Equal(Start.AddMinutes(45), BrakeSpan.From(Start, new BrakeSettings { Minutes = 60, LongestMinutes = 45 }).Until);
    }

    [Fact]
    public void Another_draws_it_out_and_never_beyond_the_longest_end()
    {
        var first = BrakeSpan.From(Start, Usual);
        var second = BrakeSpan.From(Start.AddMinutes(100), Usual).After(first);
        Assert.Equal(first with { Until = Start.AddMinutes(160) }, second);
        Assert.Equal(first with { Until = Start.AddMinutes(240) }, BrakeSpan.From(Start.AddMinutes(230), Usual).After(second));
    }

    [Fact]
    public void After_a_rest_a_new_one_begins()
    {
        var first = BrakeSpan.From(Start, Usual);
        var (before, after) = (first.Until + BrakeSpan.Rest - TimeSpan.FromSeconds(1), first.Until + BrakeSpan.Rest);
        Assert.Equal(first.Since, BrakeSpan.From(before, Usual).After(first).Since);
        Assert.Equal(BrakeSpan.From(after, Usual), BrakeSpan.From(after, Usual).After(first));
    }

    [Fact]
    public void Whatever_the_sequence_of_signals_no_brake_outlasts_the_longest_end_and_none_follows_without_a_rest() => Properties.Holds(
        from minutes in Gen.Choose(5, 200)
        from longest in Gen.Choose(5, 300)
        from gaps in Gen.Choose(0, 900).ArrayOf(30)
        select (Settings: new BrakeSettings { Minutes = minutes, LongestMinutes = Math.Max(minutes, longest) }, gaps),
        drawn =>
        {
            BrakeSpan? span = null;
            var now = Start;
            foreach (var gap in drawn.gaps)
            {
                now = now.AddMinutes(gap);
                var next = BrakeSpan.From(now, drawn.Settings).After(span);
                if (next.Until - next.Since > TimeSpan.FromMinutes(drawn.Settings.LongestMinutes) || next.Until > next.Most)
                    return false;
                if (span is not null && next.Since != span.Since && next.Since < span.Until + BrakeSpan.Rest)
                    return false;
                // The same signal heard of again changes nothing.
                if (BrakeSpan.From(now, drawn.Settings).After(next) != next)
                    return false;
                span = next;
            }

            return true;
        });
}
