using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

public sealed class CorrelatorTests
{
    private const SignalCategory Recon = SignalCategory.Recon, Probing = SignalCategory.PermissionProbing, Provisioning = SignalCategory.Provisioning,
        Persistence = SignalCategory.Persistence, Obstruction = SignalCategory.Obstruction;

    private static readonly CorrelationSettings Settings = new();

    private static Verdict Judge(params IEnumerable<Observation> observations) => Correlator.Judge(Case(observations), Settings);

    [Fact]
    public void Nothing_is_nothing()
    {
        var verdict = Assert.IsType<Verdict.Ignore>(Judge());
        Assert.Equal((0, "Nothing remarkable was done."), (verdict.Score, verdict.Explanation));
        Assert.IsType<Verdict.Ignore>(Judge(Of("1", 0)));
    }

    [Theory]
    [InlineData(29, typeof(Verdict.Ignore))]
    [InlineData(30, typeof(Verdict.Watch))]
    public void A_score_from_the_threshold_on_is_watched(int weight, Type verdict) =>
        Assert.IsType(verdict, Judge(Signalled("1", 0, Obstruction, weight)));

    [Fact]
    public void Two_categories_add_up()
    {
        var verdict = Assert.IsType<Verdict.Contain>(Judge(Signalled("1", 0, Provisioning, 40), Signalled("2", 20, Persistence, 40)));
        Assert.Equal((80, 40, 40), (verdict.Score, verdict.Categories[Provisioning], verdict.Categories[Persistence]));
        Assert.IsType<Verdict.Watch>(Judge(Signalled("1", 0, Provisioning, 40), Signalled("2", 20, Persistence, 39)));
    }

    [Fact]
    public void A_repetition_counts_half_a_third_and_so_on_up_to_the_eighth()
    {
        Assert.Equal(18, Judge(Enumerable.Range(0, 2).Select(number => Signalled($"{number}", 0, Obstruction, 12))).Score);
        Assert.Equal(22, Judge(Enumerable.Range(0, 3).Select(number => Signalled($"{number}", 0, Obstruction, 12))).Score);
        Assert.Equal(32, Judge(Enumerable.Range(0, 8).Select(number => Signalled($"{number}", 0, Obstruction, 12))).Score);
        Assert.Equal(32, Judge(Enumerable.Range(0, 80).Select(number => Signalled($"{number}", 0, Obstruction, 12))).Score);
    }

    [Fact]
    public void The_strongest_of_one_detection_counts_in_full_whenever_it_came() =>
        Assert.Equal(25, Judge(Signalled("1", 0, Obstruction, 10), Signalled("2", 1, Obstruction, 20)).Score);

    [Fact]
    public void Different_detections_count_in_full() =>
        Assert.Equal(24, Judge(Signalled("1", 0, Obstruction, 12, "a"), Signalled("2", 0, Obstruction, 12, "b")).Score);

    [Fact]
    public void A_category_adds_no_more_than_its_cap()
    {
        var verdict = Judge(Enumerable.Range(0, 100).Select(number => Signalled($"{number}", 0, Provisioning, 40, $"d{number}")));
        Assert.Equal(45, verdict.Score);
        Assert.IsType<Verdict.Watch>(verdict);
        Assert.Contains("provisioning 45 (its most)", verdict.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_below_zero_counts_as_nothing() => Assert.Equal(5, Judge(Signalled("1", 0, Obstruction, -50, "a"), Signalled("2", 0, Obstruction, 5, "b")).Score);

    [Fact]
    public void Only_what_lies_within_an_hour_adds_up()
    {
        Assert.Equal(80, Judge(Signalled("1", 0, Provisioning, 40), Signalled("2", 60, Persistence, 40)).Score);
        Assert.Equal(40, Judge(Signalled("1", 0, Provisioning, 40), Signalled("2", 60.1, Persistence, 40)).Score);
    }

    [Fact]
    public void The_worst_hour_counts_however_long_ago()
    {
        var verdict = Judge(Signalled("1", 0, Provisioning, 40), Signalled("2", 1, Persistence, 40), Signalled("3", 300, Obstruction, 50));
        Assert.Equal(["1", "2"], Assert.IsType<Verdict.Contain>(verdict).Signals.Select(signal => signal.EventId));
    }

    [Fact]
    public void A_stranger_s_rush_doubles_three_kinds_of_evidence()
    {
        Observation[] rush = [Signalled("1", 0, Recon, 10), Signalled("2", 5, Probing, 10), Signalled("3", 10, Provisioning, 20)];
        var verdict = Assert.IsType<Verdict.Contain>(Judge(rush));
        Assert.Equal(80, verdict.Score);
        Assert.Contains("times 2 because 3 kinds of evidence came within 10 minutes", verdict.Explanation, StringComparison.Ordinal);
        Assert.Equal(40, Judge([.. rush[..2], Signalled("3", 10.1, Provisioning, 20)]).Score);
        Assert.Equal(100, Judge([.. rush[..2], Signalled("4", 9, Obstruction, 0), Signalled("3", 10, Provisioning, 20)]).Score);
    }

    [Fact]
    public void A_deployment_s_rush_weighs_less()
    {
        Observation[] rush = [Signalled("1", 0, Provisioning, 20), Signalled("2", 5, Persistence, 20), Signalled("3", 9, Obstruction, 12)];
        Assert.Equal(65, Assert.IsType<Verdict.Watch>(Judge(rush)).Score);
        Assert.Equal(78, Judge([.. rush, Signalled("4", 9, SignalCategory.Novelty, 0)]).Score);
        Assert.Equal(130, Judge([.. rush, Signalled("4", 9, Probing, 0)]).Score);
    }

    [Fact]
    public void A_decisive_act_is_enough_when_it_took_effect()
    {
        var verdict = Assert.IsType<Verdict.Contain>(Judge(Signalled("1", 0, Recon, 5, decisive: true)));
        Assert.Equal(5, verdict.Score);
        Assert.Contains("this alone is reason enough to contain", verdict.Explanation, StringComparison.Ordinal);
        Assert.Contains("That makes 5, and one decisive act.", verdict.Explanation, StringComparison.Ordinal);
        Assert.IsType<Verdict.Ignore>(Judge(Signalled("1", 0, Recon, 5, decisive: true, outcome: new CallOutcome.Denied("AccessDenied"))));
        Assert.IsType<Verdict.Ignore>(Judge(Signalled("1", 0, Recon, 5, decisive: true, outcome: new CallOutcome.DryRun())));
    }

    [Fact]
    public void A_decisive_act_is_enough_though_another_hour_scores_more() => Assert.IsType<Verdict.Contain>(
        Judge(Signalled("1", 0, Obstruction, 60), Signalled("2", 200, Recon, 5, decisive: true)));

    [Fact]
    public void Who_is_refused_everything_is_watched_and_not_contained()
    {
        var denied = new CallOutcome.Denied("AccessDenied");
        Observation[] refused = [Signalled("1", 0, Probing, 30, outcome: denied), Signalled("2", 1, Provisioning, 40, outcome: denied), Signalled("3", 2, Persistence, 40, outcome: denied)];
        var verdict = Assert.IsType<Verdict.Watch>(Judge(refused));
        Assert.True(verdict.Score >= Settings.ContainAt);
        Assert.Contains("but nothing took effect, so the case is only watched", verdict.Explanation, StringComparison.Ordinal);
        Assert.IsType<Verdict.Watch>(Judge([.. refused, Signalled("4", 3, Recon, 5), Signalled("5", 3, SignalCategory.Novelty, 5), Signalled("6", 3, Obstruction, 5, outcome: new CallOutcome.DryRun())]));
        Assert.IsType<Verdict.Contain>(Judge([.. refused, Signalled("4", 3, Obstruction, 1)]));
    }

    [Fact]
    public void The_thresholds_are_those_of_the_policy()
    {
        var file = Case(Signalled("1", 0, Provisioning, 20), Signalled("2", 2, Persistence, 20));
        Assert.IsType<Verdict.Contain>(Correlator.Judge(file, Settings with { ContainAt = 40 }));
        Assert.IsType<Verdict.Ignore>(Correlator.Judge(file, Settings with { WatchAt = 41 }));
        Assert.Equal(20, Correlator.Judge(file, Settings with { WindowMinutes = 1 }).Score);
        Assert.Equal(25, Correlator.Judge(file, Settings with { Caps = Settings.Caps.SetItem(Persistence, 5) }).Score);
        Assert.Equal(20, Correlator.Judge(file, Settings with { Caps = Settings.Caps.Remove(Persistence) }).Score);
    }

    [Fact]
    public void Explains_in_order_with_times_and_parts()
    {
        var verdict = Judge(
            Signalled("the third", 4, Provisioning, 20), Signalled("the first", 0, Recon, 10, "quota"), Signalled("the second", 1, Recon, 10, "quota"));
        Assert.Equal(
            """
            arn:aws:iam::111122223333:user/ci-bot on 2025-11-02, times in UTC:
            10:00:00 did the first; 1 more like it until 10:01:00 (recon).
            10:04:00 did the third (provisioning).
            Evidence: recon 15, provisioning 20. That makes 35, which is worth watching; containment needs 80.
            """,
            verdict.Explanation);
        Assert.Equal("Evidence: recon 10. That makes 10, which is not remarkable; watching needs 30.", Judge(Signalled("1", 0, Recon, 10)).Explanation.Split('\n')[^1]);
        Assert.EndsWith(
            "Evidence: permission probing 30 (its most), external finding 50. That makes 80, which reaches the 80 for containment.",
            Judge(Signalled("1", 0, Probing, 30), Signalled("2", 0, SignalCategory.ExternalFinding, 50)).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explanation_stays_short_and_keeps_hostile_names_harmless()
    {
        var verdict = Judge(Enumerable.Range(0, 200).Select(number => Signalled($"\n\u001b[2J{new string('x', 2000)}{number}", number / 100.0, Provisioning, 1, $"d{number}")));
        Assert.InRange(verdict.Explanation.Length, 1000, 15_000);
        Assert.Equal(28, verdict.Explanation.Split('\n').Length);
        Assert.Contains("and 175 other kinds of things.", verdict.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', verdict.Explanation);
    }

    [Fact]
    public void A_verdict_keeps_the_signals_that_counted()
    {
        var verdict = Judge(Enumerable.Range(0, 100).Select(number => Signalled($"{number:D3}", number / 10.0, Provisioning, number == 50 ? 9 : 3)));
        Assert.Equal(8, verdict.Signals.Length);
        Assert.Equal(["000", "050"], verdict.Signals.Select(signal => signal.EventId).Where(id => id is "000" or "050"));
    }

    [Fact]
    public void A_campaign_of_many_thousand_calls_is_judged_in_no_time()
    {
        var file = Case(Enumerable.Range(0, 14_000).Select(number => Signalled($"{number}", number / 300.0, (SignalCategory)(number % 5), 3, $"d{number % 25}")));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.IsType<Verdict.Contain>(Correlator.Judge(file, Settings));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }
}
