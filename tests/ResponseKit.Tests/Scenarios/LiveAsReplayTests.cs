using System.Text;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Replay;
using ResponseKit.Response.Stores;
using ResponseKit.Scenarios;

namespace ResponseKit.Tests.Scenarios;

/// <summary>
/// What triage judges one event at a time, in whatever order they come, and what replay judges of the whole log: the same actors, the same verdicts.
/// </summary>
public sealed class LiveAsReplayTests
{
    // Each is judged twice, and each time with all that its actor did before.
    private const int Most = 200;

    private static readonly ResponsePolicy Policy = new();

    public static TheoryData<string, ulong> Stories
    {
        get
        {
            var stories = new TheoryData<string, ulong>();
            foreach (var id in ScenarioCatalogue.Ids)
                stories.Add(id, id.EndsWith('r') ? 5UL : 17UL);
            return stories;
        }
    }

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Triage_comes_to_the_verdicts_of_replay_whatever_comes_late_or_twice(string id, ulong seed)
    {
        var story = Variations.Duplicate(Variations.Shuffle(ScenarioCatalogue.Find(id), TimeSpan.FromMinutes(10), seed), 0.1, seed + 1);
        var observations = story.Records.Select(record => RecordParser.Parse(Encoding.UTF8.GetBytes(record.Json)))
            .OfType<ParseResult.Parsed>().Select(parsed => Observer.Observe(parsed.Record, Policy)).OfType<Observation>().Take(Most).ToList();
        var store = new MemoryCaseStore(Policy);
        var asItCame = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            await store.AddAsync(observation, default);
            await JudgeAsync(store, observation, asItCame);
        }

        var inTheEnd = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        foreach (var observation in observations.DistinctBy(one => one.EventId))
            await JudgeAsync(store, observation, inTheEnd);

        var replayed = Replay(observations);
        Assert.Equal(Text(replayed), Text(inTheEnd));
        // What a verdict leaves out later, such as what the actor took down again, it may have counted before; it never misses anything for coming late.
        Assert.All(replayed, one => Assert.True(asItCame.TryGetValue(one.Key, out var live) && live.Level >= one.Value.Level, $"{one.Key}: {one.Value.Name} was missed."));
    }

    private static async Task JudgeAsync(MemoryCaseStore store, Observation observation, Dictionary<string, Verdict> worst)
    {
        var root = await store.KeyOfAsync(observation, default);
        var verdict = Correlator.Judge(await store.JudgedAsync(root, observation, observation.Time - Horizon.Of(Policy.Correlation), default), Policy, Baseline.Empty);
        if (verdict.Level > 0 && (!worst.TryGetValue(root, out var before) || (verdict.Level, verdict.Score).CompareTo((before.Level, before.Score)) > 0))
            worst[root] = verdict;
    }

    private static Dictionary<string, Verdict> Replay(IEnumerable<Observation> observations)
    {
        var book = new CaseBook(Policy, Baseline.Empty);
        foreach (var observation in observations)
            book.Add(observation);
        return book.Finish().ToDictionary(found => found.Incident.CaseKey, found => found.Verdict, StringComparer.Ordinal);
    }

    private static string Text(Dictionary<string, Verdict> verdicts) =>
        string.Join('\n', verdicts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value.Name} {one.Value.Score}"));
}
