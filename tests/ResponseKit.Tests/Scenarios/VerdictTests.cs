using System.Text;
using System.Text.Json;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Replay;
using ResponseKit.Scenarios;

namespace ResponseKit.Tests.Scenarios;

/// <summary>The yardstick: whole accounts with attackers among honest people, and honest people who look like attackers. By the default policy, without any history.</summary>
public sealed class VerdictTests
{
    private static readonly ResponsePolicy Policy = new();

    /// <summary>
    /// Attacks by hand and of services that cost little a call, which without a history cannot be told from an administrator's first day: they are
    /// watched, or contained once they show themselves.
    /// </summary>
    private static readonly string[] Slowly = ["ambersquid", "gui-vil", "llmjacking"];

    public static TheoryData<string> Attacks => [.. ScenarioCatalogue.All.Where(scenario => scenario.IsAttack && !Slowly.Contains(scenario.Id)).Select(scenario => scenario.Id)];

    public static TheoryData<string> Others => [.. Slowly];

    public static TheoryData<string> Benign => [.. ScenarioCatalogue.All.Where(scenario => !scenario.IsAttack).Select(scenario => scenario.Id)];

    public static TheoryData<string> All => [.. ScenarioCatalogue.Ids];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void The_attacker_is_stopped_by_their_twentieth_record_or_within_ten_seconds(string id)
    {
        var scenario = ScenarioCatalogue.Find(id);
        var found = Replay(scenario.Records);
        var contained = found.Where(one => one.Verdict is Verdict.Contain or Verdict.Brake).ToList();
        Assert.True(contained.Count > 0, string.Join('\n', found.Select(one => one.Verdict.Explanation)));
        Assert.All(contained, found => Assert.Contains(Name(found.Incident.Root), scenario.Attackers));
        var attack = scenario.Records.Where(record => record.IsAttack).ToList();
        var first = contained.MinBy(found => found.FirstAlert.Time)!;
        var index = attack.FindIndex(record => EventId(record) == first.FirstAlert.EventId);
        Assert.True(
            index is >= 0 and < 20 || first.FirstAlert.Time - attack[0].Time <= TimeSpan.FromSeconds(10),
            $"Contained at record {index + 1}, {first.FirstAlert.Time - attack[0].Time} after the first.");
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_slow_hand_is_watched_at_least(string id)
    {
        var scenario = ScenarioCatalogue.Find(id);
        var found = Replay(scenario.Records);
        Assert.Contains(found, one => scenario.Attackers.Contains(Name(one.Incident.Root)));
        Assert.All(found.Where(one => one.Verdict is Verdict.Contain), one => Assert.Contains(Name(one.Incident.Root), scenario.Attackers));
    }

    [Theory]
    [MemberData(nameof(Benign))]
    public void Nobody_else_is_contained(string id) =>
        Assert.DoesNotContain(Replay(ScenarioCatalogue.Find(id).Records), found => found.Verdict is Verdict.Contain);

    [Theory]
    [MemberData(nameof(All))]
    public void Neither_order_nor_duplicates_nor_names_nor_time_make_a_difference(string id)
    {
        var scenario = ScenarioCatalogue.Find(id);
        var expected = Replay(scenario.Records).Select(found => (found.Verdict.Name, found.Verdict.Score, found.RecordIndex, found.After)).ToList();
        var varied = Variations.Shift(Variations.Duplicate(Variations.Shuffle(scenario, TimeSpan.FromMinutes(10), 7), 0.2, 11), TimeSpan.FromSeconds(-987_654_321));
        Assert.Equal(expected.Order(), Replay(varied.Records).Select(found => (found.Verdict.Name, found.Verdict.Score, found.RecordIndex, found.After)).Order());
        Assert.Equal(
            expected.Select(one => (one.Name, one.Score)).Order(),
            Replay(Variations.Rename(scenario, 13).Records).Select(found => (found.Verdict.Name, found.Verdict.Score)).Order());
    }

    [Fact]
    public void A_role_s_own_history_gives_its_hijacker_away_no_later()
    {
        var scenario = ScenarioCatalogue.Find("hijacked-role");
        var learner = new HistoryLearner();
        foreach (var record in scenario.Records.Where(record => !record.IsAttack).Select(Parse))
            learner.Add(record.Actor.Key, record.Time, Traits.Of(record));
        var baseline = learner.Finish([]);
        var (without, with) = (Contained(Baseline.Empty), Contained(baseline));
        Assert.True(with.FirstAlert.Time <= without.FirstAlert.Time, $"{with.FirstAlert.Time} with history, {without.FirstAlert.Time} without.");
        Assert.Contains(with.Verdict.Explanation.Unusual, line => line.Contains("for the first time", StringComparison.Ordinal));

        ReplayedCase Contained(Baseline known) => Assert.Single(Replay(scenario.Records, known), found => found.Verdict is Verdict.Contain);
    }

    [Fact]
    public void An_attacker_cannot_make_his_ways_usual()
    {
        var scenario = ScenarioCatalogue.Find("hijacked-role");
        var learner = new HistoryLearner();
        foreach (var record in scenario.Records.Select(Parse))
            learner.Add(record.Actor.Key, record.Time, Traits.Of(record));
        var incident = Assert.Single(Replay(scenario.Records), found => found.Verdict is Verdict.Contain);
        var history = learner.Finish([incident]).Of(incident.Incident.Root.Key);
        Assert.NotEmpty(history.Seen);
        Assert.DoesNotContain(history.Seen.Values, span => span.Last > incident.FirstAlert.Begins);
    }

    private static IReadOnlyList<ReplayedCase> Replay(IEnumerable<LabelledRecord> records, Baseline? baseline = null)
    {
        var book = new CaseBook(Policy, baseline ?? Baseline.Empty);
        foreach (var record in records)
        {
            if (Observer.Observe(Parse(record), Policy) is { } observation)
                book.Add(observation);
        }

        return book.Finish();
    }

    private static CloudTrailRecord Parse(LabelledRecord record) => Assert.IsType<ParseResult.Parsed>(RecordParser.Parse(Encoding.UTF8.GetBytes(record.Json))).Record;

    private static string Name(Actor actor) => ActorResource.Of(actor)?.ToFullArn() ?? actor.Key;

    private static string EventId(LabelledRecord record)
    {
        using var json = JsonDocument.Parse(record.Json);
        return json.RootElement.GetProperty("eventID").GetString()!;
    }
}
