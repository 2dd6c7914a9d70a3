using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Records;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

/// <summary>What the evidence is graded by besides its score: grave acts, depth, places.</summary>
public sealed class GradingTests
{
    private static Observation Look(double minutes) => With(Signalled("look", minutes, SignalCategory.Recon, 2), finding => finding.With(FoundCredential.Fact, "a lasting key"));

    private static readonly CallOutcome Denied = new CallOutcome.Denied("AccessDenied");

    [Theory]
    [InlineData("watch", DamageKind.Blinding)]
    [InlineData("watch", DamageKind.BackDoor)]
    [InlineData("watch", DamageKind.Exfiltration)]
    [InlineData("watch", DamageKind.Destruction)]
    [InlineData("brake", DamageKind.Blinding, DamageKind.Destruction)]
    [InlineData("contain", DamageKind.BackDoor, DamageKind.Blinding)]
    [InlineData("contain", DamageKind.BackDoor, DamageKind.Destruction)]
    [InlineData("contain", DamageKind.Exfiltration, DamageKind.Destruction)]
    [InlineData("contain", DamageKind.Blinding, DamageKind.Destruction, DamageKind.Exfiltration)]
    public void Grave_acts_of_different_sorts_decide_and_those_of_one_do_not(string verdict, params DamageKind[] kinds)
    {
        Assert.Equal(verdict, Verdict(kinds.Select((kind, at) => Grave($"e{at}", at, kind))));
        Assert.Equal(verdict, Verdict(kinds.SelectMany((kind, at) => new[] { Grave($"e{at}", at, kind), Grave($"f{at}", at, kind) })));
    }

    [Fact]
    public void One_grave_act_of_somebody_who_has_to_find_out_what_the_key_may_do_is_braked() =>
        Assert.Equal("brake", Verdict([Grave("e", 1, DamageKind.Exfiltration), Signalled("p", 0, SignalCategory.PermissionProbing, 12, outcome: Denied)]));

    [Fact]
    public void One_grave_act_after_looking_around_with_a_found_credential_is_braked()
    {
        Assert.Equal("brake", Verdict([Look(0), Grave("e", 1, DamageKind.BackDoor)]));
        Assert.Equal("watch", Verdict([Signalled("l", 0, SignalCategory.Recon, 2), Grave("e", 1, DamageKind.BackDoor)]));
    }

    [Theory]
    [InlineData(49, false, "ignore")]
    [InlineData(50, true, "brake")]
    [InlineData(50, false, "watch")]
    public void Machines_made_after_such_a_look_are_braked_from_the_sum_that_is_watched(int usd, bool looks, string verdict) => Assert.Equal(
        verdict, Verdict([looks ? Look(0) : Signalled("l", 0, SignalCategory.Recon, 2), With(Signalled("m", 1, SignalCategory.Provisioning, 0), finding => finding with { Cost = new(usd) })]));

    [Fact]
    public void Looking_alone_is_nothing_and_little_made_after_it_is_watched()
    {
        Assert.Equal("ignore", Verdict([Look(0)]));
        Assert.Equal("watch", Verdict([Look(0), Signalled("m", 1, SignalCategory.Provisioning, 8)]));
        Assert.Equal("ignore", Verdict([Look(0), Signalled("m", 1, SignalCategory.Provisioning, 8, outcome: Denied)]));
    }

    [Fact]
    public void However_broad_what_no_stranger_did_is_watched() => Assert.Equal("watch", Verdict(
        [Signalled("1", 0, SignalCategory.Provisioning, 45), Signalled("2", 1, SignalCategory.Persistence, 45), Signalled("3", 2, SignalCategory.Recon, 20)]));

    [Fact]
    public void Going_all_the_way_is_also_to_keep_it_from_being_seen() => Assert.Equal("contain", Verdict(
    [
        Signalled("1", 0, SignalCategory.Provisioning, 45), Signalled("2", 1, SignalCategory.Persistence, 45),
        With(Signalled("3", 2, SignalCategory.Obstruction, 30, "cloudtrail.logging-stopped"), finding => finding with { Damage = DamageKind.Blinding }),
    ]));

    [Theory]
    [InlineData("ec2.instance-protected", "contain")]
    [InlineData("rds.database-deleted", "watch")]
    public void Going_all_the_way_is_to_keep_compute_from_being_removed_not_to_tidy_up(string obstruction, string verdict) => Assert.Equal(verdict, Verdict(
    [
        Signalled("1", 0, SignalCategory.Provisioning, 45), Signalled("2", 1, SignalCategory.Persistence, 45),
        Signalled("3", 2, SignalCategory.Obstruction, 30, obstruction),
    ]));

    [Theory]
    [InlineData(3, "ignore")]
    [InlineData(4, "watch")]
    [InlineData(8, "brake")]
    public void Models_asked_for_in_region_after_region_are_seen_however_slowly(int regions, string verdict) => Assert.Equal(
        verdict, Verdict(Enumerable.Range(0, regions).Select(at => In($"region-{at}", Signalled($"e{at}", at * 7, SignalCategory.Provisioning, 1, "bedrock.model-access-requested")))));

    [Fact]
    public void Models_looked_at_in_several_regions_are_seen_once_one_is_asked_for_and_an_inventory_is_not()
    {
        var looks = Enumerable.Range(0, 17).Select(at => In($"region-{at}", Signalled($"e{at:00}", at, SignalCategory.Recon, 1, "bedrock.models-listed"))).ToList();

        Assert.Equal("ignore", Verdict(looks));
        Assert.Equal("watch", Verdict(looks.Append(Signalled("f", 20, SignalCategory.Provisioning, 1, "bedrock.model-access-requested"))));
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(5, true)]
    public void One_machine_after_another_by_hand_is_a_spray_only_at_a_programs_pace(int seconds, bool isSpray)
    {
        var tries = Enumerable.Range(0, 8).Select(at => ByHand(Signalled(
            $"e{at}", at * seconds / 60.0, SignalCategory.Provisioning, 12, "ec2.costly-launch", new CallOutcome.Failed("Client.VcpuLimitExceeded"))));

        Assert.Equal(isSpray, Correlator.Judge(Case(tries), new()).Signals.Any(signal => signal.DetectionId == "pattern.refused-spray"));
    }

    [Theory]
    [InlineData("ci-bot", "CI-bot", true)]
    [InlineData("ci-bot", "other", false)]
    public void All_rights_and_a_credential_for_the_same_user_are_a_back_door(string rights, string credential, bool isBackDoor)
    {
        var verdict = Correlator.Judge(
            Case(For(rights, Signalled("1", 0, SignalCategory.Persistence, 20, "iam.admin-policy-attached")), For(credential, Signalled("2", 1, SignalCategory.Persistence, 10, "iam.access-key-created"))), new());

        Assert.Equal(isBackDoor, verdict.Signals.Any(signal => signal.Finding.Damage == DamageKind.BackDoor));
    }

    private static string Verdict(IEnumerable<Observation> observations) => Correlator.Judge(Case(observations), new()).Name;

    private static Observation Grave(string id, double minutes, DamageKind kind) =>
        With(Signalled(id, minutes, SignalCategory.Obstruction, 1, $"test.{kind}"), finding => finding with { Damage = kind });

    private static Observation ByHand(Observation observation) => With(observation, finding => finding with { ByHand = true });

    private static Observation For(string user, Observation observation) => With(observation, finding => finding.With("userName", user));

    private static Observation In(string region, Observation observation) =>
        observation with { Region = region, Signals = [.. observation.Signals.Select(signal => signal with { Region = region })] };

    private static Observation With(Observation observation, Func<Finding, Finding> change) =>
        observation with { Signals = [.. observation.Signals.Select(signal => signal with { Finding = change(signal.Finding) })] };
}
