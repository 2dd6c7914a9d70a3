using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Correlation.Patterns;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Correlation;

public sealed class PatternTests
{
    private static readonly CallOutcome Denied = new CallOutcome.Denied("Client.UnauthorizedOperation");

    private static Observation Act(
        string id, double minutes, string detection, SignalCategory category, int weight, string region = "us-east-1", CallOutcome? outcome = null, string? text = null) =>
        Signalled(id, minutes, category, weight, detection, outcome) is var one
            ? one with { Region = region, Signals = [one.Signals[0] with { Region = region, Finding = one.Signals[0].Finding with { Explanation = text ?? $"did {id}" } }] }
            : throw new InvalidOperationException();

    private static Dictionary<string, int> Patterns(IEnumerable<Observation> observations, ResponsePolicy? policy = null, Baseline? baseline = null) =>
        Correlator.Judge(Case(observations), policy ?? new(), baseline ?? Baseline.Empty).Signals
            .Where(signal => signal.DetectionId.StartsWith("pattern.", StringComparison.Ordinal))
            .GroupBy(signal => signal.DetectionId)
            .ToDictionary(group => group.Key, group => group.Max(signal => signal.Finding.Weight));

    private static IEnumerable<Observation> Launches(int regions, double every = 0.5, CallOutcome? outcome = null) => Enumerable.Range(0, regions).Select(number =>
        Act($"{number}", number * every, "ec2.costly-launch", SignalCategory.Provisioning, 25, $"region-{number}", outcome, "launched"))
        .Append(Act("again", regions * every, "ec2.costly-launch", SignalCategory.Provisioning, 25, "region-0", outcome, "launched"));

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 15)]
    [InlineData(6, 40)]
    [InlineData(8, 50)]
    [InlineData(12, 60)]
    public void Costly_compute_in_many_regions_is_a_sweep(int regions, int weight) =>
        Assert.Equal(weight, Patterns(Launches(regions)).GetValueOrDefault("pattern.region-sweep"));

    [Fact]
    public void A_key_and_another_password_for_a_user_who_was_there_is_a_takeover_and_setting_somebody_up_is_none()
    {
        static Observation For(string id, string detection, string user, bool isChanged = false) => Signalled(id, 0, SignalCategory.Persistence, 10, detection) is var one
            ? one with
            {
                Signals = [one.Signals[0] with { Finding = one.Signals[0].Finding.With("userName", user).With(ResponseKit.Detections.Iam.LoginProfileSet.IsChanged, isChanged ? "true" : null) }],
            }
            : throw new InvalidOperationException();

        Assert.Contains("pattern.account-takeover", Patterns([For("k", "iam.access-key-created", "alice"), For("p", "iam.login-profile-set", "alice", isChanged: true)]).Keys);
        Assert.Contains("pattern.account-takeover", Patterns([For("k", "iam.access-key-created", "alice"), For("f", "iam.mfa-changed", "Alice")]).Keys);
        Assert.DoesNotContain("pattern.account-takeover", Patterns([For("k", "iam.access-key-created", "new"), For("p", "iam.login-profile-set", "new")]).Keys);
        Assert.DoesNotContain("pattern.account-takeover", Patterns([For("k", "iam.access-key-created", "alice"), For("p", "iam.login-profile-set", "bob", isChanged: true)]).Keys);
        Assert.DoesNotContain("pattern.account-takeover", Patterns([For("k", "iam.access-key-created", Thief.Name), For("f", "iam.mfa-changed", Thief.Name)]).Keys);
        Assert.DoesNotContain("pattern.account-takeover", Patterns([For("p", "iam.login-profile-set", "alice", isChanged: true), For("f", "iam.mfa-changed", "alice")]).Keys);
    }

    [Fact]
    public void Taking_an_environment_down_makes_nobody_a_stranger()
    {
        var deletions = Enumerable.Range(0, 12).Select(at => Act($"{at}", at * 0.1, "rds.database-deleted", SignalCategory.Obstruction, 20, text: $"deleted the database {at}"));

        Assert.IsType<Verdict.Watch>(Correlator.Judge(Case(deletions), new(), Baseline.Empty));
    }

    private static IEnumerable<Observation> Many(string detection, SignalCategory category, int count, double every = 0.1) =>
        Enumerable.Range(0, count).Select(number => Act($"{detection}{number}", number * every, detection, category, 2));

    [Theory]
    [InlineData(7, 0, null)]
    [InlineData(8, 20, null)]
    [InlineData(40, 35, DamageKind.Exfiltration)]
    public void Many_different_secrets_read_are_a_pattern_and_very_many_a_grave_act(int secrets, int weight, DamageKind? damage)
    {
        var signals = Correlator.Judge(Case(Many("secretsmanager.secret-read", SignalCategory.Recon, secrets)), new(), Baseline.Empty).Signals
            .Where(signal => signal.DetectionId == "pattern.secrets-in-bulk").ToList();
        Assert.Equal(weight, signals.Select(signal => signal.Finding.Weight).DefaultIfEmpty().Max());
        Assert.Equal(damage, signals.Select(signal => signal.Finding.Damage).LastOrDefault(kind => kind is not null));
    }

    [Fact]
    public void One_secret_read_again_and_again_is_a_program() => Assert.Empty(Patterns(Enumerable.Range(0, 60).Select(number =>
        Act($"{number}", number / 10.0, "secretsmanager.secret-read", SignalCategory.Recon, 1, text: "read the secret db"))));

    [Fact]
    public void Secrets_read_over_hours_are_daily_work() =>
        Assert.Empty(Patterns(Many("secretsmanager.secret-read", SignalCategory.Recon, 40, every: 5)));

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 15)]
    [InlineData(30, 25)]
    public void Commands_on_many_servers_are_a_pattern(int servers, int weight) =>
        Assert.Equal(weight, Patterns(Many("ssm.remote-command", SignalCategory.Persistence, servers)).GetValueOrDefault("pattern.many-hands"));

    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(3, 0, 10)]
    [InlineData(1, 3, 10)]
    [InlineData(0, 40, 0)]
    [InlineData(5, 5, 20)]
    public void Several_stores_gone_or_one_with_its_backups_are_destruction(int databases, int backups, int weight)
    {
        var gone = Many("rds.database-deleted", SignalCategory.Obstruction, databases).Concat(Many("rds.backups-deleted", SignalCategory.Obstruction, backups));
        Assert.Equal(weight, Patterns(gone).GetValueOrDefault("pattern.destruction"));
    }

    [Fact]
    public void Refused_deletions_destroy_nothing() => Assert.Empty(Patterns(Enumerable.Range(0, 12).Select(number =>
        Act($"{number}", number / 10.0, "rds.database-deleted", SignalCategory.Obstruction, 3, outcome: Denied))));

    [Fact]
    public void A_shortage_of_machines_is_no_refusal() => Assert.Empty(Patterns(Enumerable.Range(0, 20).Select(number =>
        Act($"{number}", number / 10.0, "ec2.costly-launch", SignalCategory.Provisioning, 12, outcome: new CallOutcome.Failed("Server.InsufficientInstanceCapacity")))));

    [Fact]
    public void The_same_module_once_in_each_region_is_a_roll_out()
    {
        var once = Enumerable.Range(0, 12).Select(number => Act($"{number}", number / 2.0, "ec2.costly-launch", SignalCategory.Provisioning, 25, $"region-{number}", null, "launched one"));
        Assert.Empty(Patterns(once));
        Assert.NotEmpty(Patterns(once.Append(Act("again", 6, "ec2.costly-launch", SignalCategory.Provisioning, 25, "region-1", null, "launched one"))));
        Assert.NotEmpty(Patterns(once.Append(Act("refused", 6, "ec2.costly-launch", SignalCategory.Provisioning, 25, "region-1", new CallOutcome.Failed("Client.VcpuLimitExceeded"), "launched one"))));
    }

    [Fact]
    public void A_sweep_is_one_within_ten_minutes() => Assert.Empty(Patterns(Launches(6, every: 4)));

    [Fact]
    public void Modest_things_in_many_regions_are_an_estate() => Assert.Empty(Patterns(Enumerable.Range(0, 12).Select(number =>
        Act($"{number}", number / 4.0, "ecs.cluster-created", SignalCategory.Provisioning, 10, $"region-{number}"))));

    [Fact]
    public void Reading_in_many_regions_is_an_inventory() => Assert.Empty(Patterns(Enumerable.Range(0, 12).Select(number =>
        Act($"{number}", number / 4.0, "servicequotas.compute-quota-probe", SignalCategory.Recon, 20, $"region-{number}"))));

    [Fact]
    public void Approved_and_long_used_regions_are_no_sweep()
    {
        var approved = new ResponsePolicy { Detections = new() { ApprovedRegions = [.. Enumerable.Range(0, 12).Select(number => $"region-{number}")] } };
        Assert.Empty(Patterns(Launches(12), approved));
        var history = Enumerable.Range(0, 12).Aggregate(
            ActorHistory.Empty, (known, number) => known.Add(At(-60 * 24 * 3), [new(TraitKind.Region, $"region-{number}")]));
        Assert.Empty(Patterns(Launches(12), baseline: new(Baseline.Empty.Actors.Add(Thief.Key, history))));
    }

    [Fact]
    public void Compute_outside_the_approved_regions_is_unusual()
    {
        var policy = new ResponsePolicy { Detections = new() { ApprovedRegions = ["eu-west-1"] } };
        var verdict = Correlator.Judge(Case(Launches(1)), policy);
        Assert.Contains("made compute in region-0, which the policy does not approve (15 points)", Assert.Single(verdict.Explanation.Unusual), StringComparison.Ordinal);
    }

    private static IEnumerable<Observation> Chain(int rounds, int kinds, int weight = 15) =>
        from round in Enumerable.Range(0, rounds)
        from kind in Enumerable.Range(0, kinds)
        select Act($"{round}-{kind}", round / 3.0, $"ecs.kind-{kind}", SignalCategory.Provisioning, kind == 0 ? weight : 10);

    [Theory]
    [InlineData(5, 3, 15, 40)]
    [InlineData(4, 3, 15, 0)]
    [InlineData(20, 2, 15, 0)]
    [InlineData(20, 5, 14, 0)]
    public void The_same_chain_of_costly_calls_again_and_again_is_a_production_line(int rounds, int kinds, int weight, int expected) =>
        Assert.Equal(expected, Patterns(Chain(rounds, kinds, weight)).GetValueOrDefault("pattern.production-line"));

    [Fact]
    public void Repeating_the_very_same_call_is_no_production_line() => Assert.Empty(Patterns(
        from round in Enumerable.Range(0, 20)
        from kind in Enumerable.Range(0, 3)
        select Act($"{round}-{kind}", round / 3.0, $"ecs.kind-{kind}", SignalCategory.Provisioning, 20, text: $"did {kind}")));

    [Theory]
    [InlineData(5, 8, 0)]
    [InlineData(6, 8, 25)]
    [InlineData(4, 13, 25)]
    [InlineData(12, 8, 30)]
    public void Many_different_refused_attempts_are_a_spray(int attempts, int weight, int expected) => Assert.Equal(
        expected,
        Patterns(Enumerable.Range(0, attempts).Select(number => Act($"{number}", number / 4.0, "ec2.launch-refused", SignalCategory.PermissionProbing, weight, outcome: Denied)))
            .GetValueOrDefault("pattern.refused-spray"));

    [Fact]
    public void A_retry_loop_is_no_spray() => Assert.Empty(Patterns(Enumerable.Range(0, 100).Select(number =>
        Act($"{number}", number / 20.0, "ec2.launch-refused", SignalCategory.PermissionProbing, 13, outcome: Denied, text: "tried to launch 1 m5.large"))));

    [Fact]
    public void Refused_attempts_in_a_spray_are_acts() => Assert.IsType<Verdict.Contain>(Correlator.Judge(
        Case(Enumerable.Range(0, 12).Select(number =>
            Act($"{number}", number / 4.0, "ec2.launch-refused", SignalCategory.PermissionProbing, 13, $"region-{number}", Denied))),
        new ResponsePolicy()));

    [Fact]
    public void Quotas_and_dry_runs_are_a_rehearsal_and_no_act()
    {
        Observation[] rehearsal =
        [
            Act("1", 0, "servicequotas.compute-quota-probe", SignalCategory.Recon, 8),
            Act("2", 1, "ec2.launch-dry-run", SignalCategory.PermissionProbing, 10, outcome: new CallOutcome.DryRun()),
            Act("3", 2, "ec2.launch-dry-run", SignalCategory.PermissionProbing, 14, outcome: new CallOutcome.DryRun()),
        ];
        Assert.Equal(25, Patterns(rehearsal)["pattern.rehearsal"]);
        Assert.Empty(Patterns(rehearsal[..2]));
        Assert.Empty(Patterns(rehearsal[1..]));
        Assert.IsNotType<Verdict.Contain>(Correlator.Judge(Case(rehearsal), new ResponsePolicy()));
    }

    [Fact]
    public void Every_pattern_tells_what_a_responder_needs() => Assert.All(PatternCatalogue.All, pattern =>
    {
        Assert.StartsWith("pattern.", pattern.Id, StringComparison.Ordinal);
        Assert.EndsWith(".", pattern.Why, StringComparison.Ordinal);
        Assert.NotEmpty(pattern.Techniques);
        Assert.NotEmpty(pattern.BenignCauses);
    });
}
