using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Records;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

/// <summary>What a person has allowed covers what they have seen, and nothing else.</summary>
public sealed class AllowanceTests
{
    private static readonly Allowance Launches = new()
    {
        Id = "inc-1-1",
        Account = Account,
        Principal = Thief.Key,
        Kinds = ["ec2.costly-launch"],
        UsdPerHour = 900,
        Owner = "ana",
        Reason = "training",
        From = At(0),
        Until = At(60),
    };

    [Fact]
    public void The_same_within_its_price_and_time_is_covered() => Assert.True(Launches.Covers(Brake(900, Launch()), Account, Thief.Key, At(59)));

    [Fact]
    public void What_is_dearer_later_of_another_kind_or_somebody_elses_is_not_covered()
    {
        Assert.False(Launches.Covers(Brake(901, Launch()), Account, Thief.Key, At(59)));
        Assert.False(Launches.Covers(Brake(900, Launch()), Account, Thief.Key, At(60)));
        Assert.False(Launches.Covers(Brake(900, Launch(), Of("iam.user-created", SignalCategory.Persistence, 10)), Account, Thief.Key, At(59)));
        Assert.False(Launches.Covers(Brake(900, Launch()), "444455556666", Thief.Key, At(59)));
        Assert.False(Launches.Covers(Brake(900, Launch()), Account, Thief.Key + "x", At(59)));
        Assert.False((Launches with { IsVerified = false }).Covers(Brake(900, Launch()), Account, Thief.Key, At(59)));
    }

    [Fact]
    public void A_grave_act_is_never_covered_though_its_kind_is_named()
    {
        var blinding = Launches with { Kinds = ["ec2.costly-launch", "cloudtrail.logging-stopped"] };
        var stopped = Of("cloudtrail.logging-stopped", SignalCategory.Obstruction, 25);
        Assert.False(blinding.Covers(Brake(1, Launch(), stopped with { Finding = stopped.Finding with { Damage = DamageKind.Blinding } }), Account, Thief.Key, At(1)));
        Assert.False(blinding.Covers(Brake(1, Launch(), stopped with { Finding = stopped.Finding with { Grave = true } }), Account, Thief.Key, At(1)));
        Assert.False(blinding.Covers(Brake(1, Launch(), Of("guardduty.finding-reported", SignalCategory.ExternalFinding, 30)), Account, Thief.Key, At(1)));
    }

    [Fact]
    public void A_verdict_to_contain_is_never_covered()
    {
        var brake = Brake(1, Launch());
        Assert.False(Launches.Covers(new Verdict.Contain(brake.Score, brake.Categories, brake.Signals, brake.Explanation), Account, Thief.Key, At(1)));
    }

    [Fact]
    public void What_was_refused_is_no_kind_of_it() =>
        Assert.Equal("ec2.costly-launch", Assert.Single(Allowance.KindsOf(Brake(1, Launch(), Of("iam.user-created", SignalCategory.Persistence, 10, new CallOutcome.Denied("AccessDenied"))))));

    private static Signal Launch() => Of("ec2.costly-launch", SignalCategory.Provisioning, 30);

    private static Signal Of(string detection, SignalCategory category, int weight, CallOutcome? outcome = null) =>
        Signalled(detection, 0, category, weight, detection, outcome).Signals[0];

    private static Verdict.Brake Brake(decimal usd, params ReadOnlySpan<Signal> signals)
    {
        var judged = Correlator.Judge(Case(Observations.Of("e", 0)), new());
        return new(judged.Score, judged.Categories, [.. signals], judged.Explanation) { UsdPerHour = usd };
    }
}
