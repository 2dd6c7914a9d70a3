using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Records;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

public sealed class CorrelatorTests
{
    private const SignalCategory Recon = SignalCategory.Recon, Probing = SignalCategory.PermissionProbing, Provisioning = SignalCategory.Provisioning,
        Persistence = SignalCategory.Persistence, Obstruction = SignalCategory.Obstruction,
        External = SignalCategory.ExternalFinding, Novelty = SignalCategory.Novelty;

    private static readonly ResponsePolicy Policy = new();

    private static readonly CorrelationSettings Settings = Policy.Correlation;

    private static Verdict Judge(params IEnumerable<Observation> observations) => Correlator.Judge(Case(observations), Policy);

    private static Verdict JudgeBy(CorrelationSettings settings, params IEnumerable<Observation> observations) =>
        Correlator.Judge(Case(observations), Policy with { Correlation = settings });

    [Fact]
    public void Nothing_is_nothing()
    {
        var verdict = Assert.IsType<Verdict.Ignore>(Judge());
        Assert.Equal((0, "Nothing remarkable was done."), (verdict.Score, verdict.Explanation.ToString()));
        Assert.Null(verdict.FirstAlert);
        Assert.IsType<Verdict.Ignore>(Judge(Of("1", 0)));
    }

    [Theory]
    [InlineData(39, typeof(Verdict.Ignore))]
    [InlineData(40, typeof(Verdict.Watch))]
    public void A_score_from_the_threshold_on_is_watched(int weight, Type verdict) =>
        Assert.IsType(verdict, Judge(Signalled("1", 0, External, weight)));

    [Fact]
    public void Two_categories_add_up()
    {
        var verdict = Assert.IsType<Verdict.Contain>(Judge(Signalled("1", 0, External, 40), Signalled("2", 20, Persistence, 40)));
        Assert.Equal((80, 40, 40), (verdict.Score, verdict.Categories[External], verdict.Categories[Persistence]));
        Assert.IsType<Verdict.Watch>(Judge(Signalled("1", 0, External, 40), Signalled("2", 20, Persistence, 39)));
    }

    [Fact]
    public void A_repetition_counts_half_a_third_and_so_on_up_to_the_eighth()
    {
        Assert.Equal(18, Judge(Enumerable.Range(0, 2).Select(number => Signalled($"{number}", 0, External, 12))).Score);
        Assert.Equal(22, Judge(Enumerable.Range(0, 3).Select(number => Signalled($"{number}", 0, External, 12))).Score);
        Assert.Equal(32, Judge(Enumerable.Range(0, 8).Select(number => Signalled($"{number}", 0, External, 12))).Score);
        Assert.Equal(32, Judge(Enumerable.Range(0, 80).Select(number => Signalled($"{number}", 0, External, 12))).Score);
    }

    [Fact]
    public void The_same_thing_tried_again_is_no_further_evidence()
    {
        Observation Retry(int number, string region = "us-east-1") => Signalled($"{number}", number, External, 12) is var one
            ? one with { Signals = [one.Signals[0] with { Region = region, Finding = one.Signals[0].Finding with { Explanation = "tried the same" } }] }
            : throw new InvalidOperationException();
        Assert.Equal(12, Judge(Enumerable.Range(0, 50).Select(number => Retry(number))).Score);
        Assert.Equal(18, Judge(Retry(0), Retry(1), Retry(2, "eu-west-1")).Score);
    }

    [Fact]
    public void The_strongest_of_one_detection_counts_in_full_whenever_it_came() =>
        Assert.Equal(25, Judge(Signalled("1", 0, External, 10), Signalled("2", 1, External, 20)).Score);

    [Fact]
    public void Different_detections_count_in_full() =>
        Assert.Equal(24, Judge(Signalled("1", 0, External, 12, "a"), Signalled("2", 0, External, 12, "b")).Score);

    [Fact]
    public void Of_what_is_unusual_only_the_strongest_of_a_kind_counts() =>
        Assert.Equal(35, Judge(Signalled("1", 0, Novelty, 20, "a"), Signalled("2", 0, Novelty, 18, "a"), Signalled("3", 0, Novelty, 15, "b")).Score);

    [Fact]
    public void A_category_adds_no_more_than_its_cap()
    {
        var verdict = Judge(Enumerable.Range(0, 100).Select(number => Signalled($"{number}", 0, Provisioning, 40, $"d{number}")));
        Assert.Equal((45, 33), (verdict.Categories[Provisioning], verdict.Score));
        Assert.IsType<Verdict.Ignore>(verdict);
        Assert.Contains("provisioning 45 (cap)", verdict.Explanation.Sum, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_below_zero_counts_as_nothing() => Assert.Equal(15, Judge(Signalled("1", 0, External, -50, "a"), Signalled("2", 0, External, 15, "b")).Score);

    [Fact]
    public void Only_what_lies_within_an_hour_adds_up()
    {
        Assert.Equal(80, Judge(Signalled("1", 0, External, 40), Signalled("2", 60, Persistence, 40)).Score);
        Assert.Equal(40, Judge(Signalled("1", 0, External, 40), Signalled("2", 60.1, Persistence, 40)).Score);
    }

    [Fact]
    public void The_worst_hour_counts_however_long_ago()
    {
        var verdict = Judge(Signalled("1", 0, External, 40), Signalled("2", 1, Persistence, 40), Signalled("3", 300, Obstruction, 50));
        Assert.Equal(["1", "2"], Assert.IsType<Verdict.Contain>(verdict).Signals.Select(signal => signal.EventId));
    }

    [Fact]
    public void A_patient_attacker_is_judged_by_half_a_day_if_the_evidence_is_of_four_kinds()
    {
        Observation[] slow = [Signalled("1", 0, Recon, 14), Signalled("2", 120, Probing, 20), Signalled("3", 300, Persistence, 40), Signalled("4", 500, Provisioning, 30)];
        var verdict = Assert.IsType<Verdict.Contain>(Judge(slow));
        Assert.Equal(83, verdict.Score);
        Assert.Contains("Evidence within 12 hours:", verdict.Explanation.Sum, StringComparison.Ordinal);
        Assert.IsType<Verdict.Ignore>(Judge(slow[1..]));
        Assert.IsType<Verdict.Ignore>(Judge([.. slow[..3], Signalled("4", 721, Provisioning, 30)]));
    }

    [Fact]
    public void A_stranger_s_rush_weighs_more()
    {
        Observation[] rush = [Signalled("1", 0, Recon, 12), Signalled("2", 5, Probing, 12), Signalled("3", 10, Provisioning, 20)];
        var verdict = Judge(rush);
        Assert.Equal(66, verdict.Score);
        Assert.Contains("times 1.5 because several kinds of evidence came within 10 minutes", verdict.Explanation.Sum, StringComparison.Ordinal);
        Assert.Equal(44, Judge([.. rush[..2], Signalled("3", 10.1, Provisioning, 20)]).Score);
        Assert.Equal(112, Judge([.. rush[..2], Signalled("4", 9, Obstruction, 12), Signalled("3", 10, Provisioning, 20)]).Score);
        Assert.Equal(55, Judge([.. rush[..2], Signalled("4", 9, Obstruction, 11), Signalled("3", 10.1, Provisioning, 20)]).Score);
    }

    [Fact]
    public void What_a_deployment_does_is_discounted_and_more_so_if_it_costs_little()
    {
        Observation[] Rush(int provisioning) => [Signalled("1", 0, Provisioning, provisioning), Signalled("2", 5, Persistence, 20), Signalled("3", 9, Obstruction, 12)];
        Assert.Equal(39, Judge(Rush(20)).Score);
        Assert.Equal(30, Judge(Rush(19)).Score);
        Assert.Equal(128, Judge([.. Rush(20), Signalled("4", 9, Probing, 12)]).Score);
        Assert.Contains("nothing in it is a stranger's", Judge(Rush(20)).Explanation.Sum, StringComparison.Ordinal);
    }

    [Fact]
    public void Somewhere_new_alone_makes_no_stranger()
    {
        Assert.Equal((int)((19 + 40) * 0.6), Judge(Signalled("1", 0, Novelty, 19), Signalled("2", 20, Persistence, 40)).Score);
        Assert.Equal(60, Judge(Signalled("1", 0, Novelty, 20), Signalled("2", 20, Persistence, 40)).Score);
    }

    [Fact]
    public void A_decisive_act_is_enough_when_it_took_effect()
    {
        var verdict = Assert.IsType<Verdict.Contain>(Judge(Signalled("1", 0, Recon, 5, decisive: true)));
        Assert.Equal(3, verdict.Score);
        Assert.Contains("this alone is reason enough to contain", verdict.Explanation.ToString(), StringComparison.Ordinal);
        Assert.Contains("Total 3. One decisive act: contain.", verdict.Explanation.Sum, StringComparison.Ordinal);
        Assert.Equal(["Without the decisive act it would be ignored."], verdict.Explanation.WouldChange.AsEnumerable());
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
        Assert.Contains("Nothing took effect: watch.", verdict.Explanation.Sum, StringComparison.Ordinal);
        Assert.Contains(verdict.Explanation.WouldChange, line => line.Contains("One call that does", StringComparison.Ordinal));
        Assert.IsType<Verdict.Watch>(Judge([.. refused, Signalled("4", 3, Recon, 5), Signalled("5", 3, Novelty, 5), Signalled("6", 3, Obstruction, 5, outcome: new CallOutcome.DryRun())]));
        Assert.IsType<Verdict.Brake>(Judge([.. refused, Signalled("4", 3, Obstruction, 1)]));
        Assert.IsType<Verdict.Contain>(Judge([.. refused, Signalled("4", 3, Obstruction, 12, "ec2.instance-protected")]));
    }

    [Fact]
    public void A_launch_that_only_a_quota_stopped_is_as_good_as_one_that_took_effect() => Assert.IsType<Verdict.Contain>(Judge(
        Signalled("1", 0, Probing, 30, outcome: new CallOutcome.Denied("AccessDenied")), Signalled("2", 20, Persistence, 40, outcome: new CallOutcome.Denied("AccessDenied")),
        Signalled("3", 21, Provisioning, 20, outcome: new CallOutcome.Failed("Client.VcpuLimitExceeded"))));

    [Fact]
    public void The_thresholds_are_those_of_the_policy()
    {
        Observation[] observations = [Signalled("1", 0, External, 20), Signalled("2", 2, Persistence, 20)];
        Assert.IsType<Verdict.Contain>(JudgeBy(Settings with { ContainAt = 40 }, observations));
        Assert.IsType<Verdict.Ignore>(JudgeBy(Settings with { WatchAt = 41 }, observations));
        Assert.Equal(20, JudgeBy(Settings with { WindowMinutes = 1, LongWindowMinutes = 1 }, observations).Score);
        Assert.Equal(25, JudgeBy(Settings with { Caps = Settings.Caps.SetItem(Persistence, 5) }, observations).Score);
        Assert.Equal(20, JudgeBy(Settings with { Caps = Settings.Caps.Remove(Persistence) }, observations).Score);
    }

    [Fact]
    public void The_first_alert_is_the_moment_at_which_the_verdict_could_first_be_given()
    {
        var verdict = Judge(
            Signalled("1", 0, External, 40), Signalled("2", 10, Persistence, 40), Signalled("3", 11, Obstruction, 60), Signalled("4", 20, Provisioning, 45));
        Assert.Equal(new Alert("2", At(10), At(0)), verdict.FirstAlert);
        Assert.Equal(new Alert("1", At(0), At(0)), Judge(Signalled("1", 0, External, 40), Signalled("2", 10, Persistence, 20)).FirstAlert);
    }

    [Fact]
    public void Explains_in_order_with_times_and_parts()
    {
        var verdict = Judge(
            Signalled("the third", 4, Provisioning, 20), Signalled("the first", 0, Probing, 20, "dry-run"), Signalled("the second", 1, Probing, 10, "dry-run"));
        Assert.Equal(
            """
            arn:aws:iam::111122223333:user/ci-bot on 2025-11-02, times in UTC:
            10:00:00 did the first; 1 more like it until 10:01:00 (permission probing, 25 points).
            10:04:00 did the third (provisioning, 20 points).
            Evidence: permission probing 25, provisioning 20. Total 45. It reaches the watch threshold 40: watch.
            Without the permission probing it would be ignored.
            Without the provisioning it would be ignored.
            It is 35 points short of 80.
            """,
            verdict.Explanation.ToString());
        Assert.Equal(
            "Evidence: external finding 15. Total 15. Not remarkable; watching needs 40.",
            Judge(Signalled("1", 0, External, 15)).Explanation.Sum);
        Assert.EndsWith(
            "Evidence: permission probing 30 (cap), external finding 50. Total 80. It reaches the containment threshold 80, is a stranger's, and hurts: contain.",
            Judge(Signalled("1", 0, Probing, 30), Signalled("2", 0, External, 50)).Explanation.Sum, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_would_have_changed_the_verdict()
    {
        Assert.Equal(
            [
                "Without the persistence it would be watched.",
                "Without the external finding it would be ignored.",
            ],
            Judge(Signalled("1", 0, External, 45), Signalled("2", 20, Persistence, 40)).Explanation.WouldChange.AsEnumerable());
        Assert.Contains(
            "Nothing carries it alone: without any one part of the evidence it would still be contained.",
            Judge(Signalled("1", 0, External, 60), Signalled("2", 1, Probing, 30), Signalled("3", 1, Persistence, 40), Signalled("4", 2, Obstruction, 60, "ec2.instance-protected")).Explanation.WouldChange);
        Assert.Equal(
            [
                "Without the persistence it would be ignored.",
                "Without the obstruction it would be ignored.",
                "It is 29 points short of 80.",
                "Without signs of a stranger, such as dry runs, refused launches or another detector's finding, a score alone is only watched.",
            ],
            Judge(Signalled("1", 0, Persistence, 45), Signalled("2", 0, Obstruction, 40)).Explanation.WouldChange.AsEnumerable());
    }

    [Fact]
    public void An_explanation_stays_short_and_keeps_hostile_names_harmless()
    {
        var text = Judge(Enumerable.Range(0, 200).Select(number => Signalled($"\n\u001b[2J{new string('x', 2000)}{number}", number / 100.0, Provisioning, 1, $"d{number}")))
            .Explanation.ToString();
        Assert.InRange(text.Length, 1000, 15_000);
        Assert.Equal(28, text.Split('\n').Length);
        Assert.Contains("and 175 other kinds of things.", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void A_verdict_keeps_the_signals_that_counted()
    {
        var verdict = Judge(Enumerable.Range(0, 100).Select(number => Signalled($"{number:D3}", number / 10.0, Provisioning, number == 50 ? 9 : 3)));
        Assert.Equal(8, verdict.Signals.Length);
        Assert.Equal(["000", "050"], verdict.Signals.Select(signal => signal.EventId).Where(id => id is "000" or "050"));
    }

    [Fact]
    public void A_campaign_of_many_thousand_calls_is_judged() => Assert.IsType<Verdict.Contain>(
        Judge(Enumerable.Range(0, 14_000).Select(number => Signalled($"{number}", number / 300.0, (SignalCategory)(number % 5), 3, $"ec2.d{number % 25}"))));
}
