using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;

namespace ResponseKit.Replay;

/// <summary>
/// Puts cases together out of observations, in whatever order and however often they come, and judges them. What it keeps is bounded: once there is
/// much of it, what lies so far behind the latest record that it can have nothing to do with it is judged and forgotten. Not for several threads.
/// </summary>
/// <param name="policy">The policy to judge by.</param>
/// <param name="baseline">What is usual for whom.</param>
public sealed class CaseBook(ResponsePolicy policy, Baseline baseline)
{
    /// <summary>From so many observations on, old ones are judged and forgotten.</summary>
    private const int MuchToKeep = 20_000;

    // Files of one region follow each other within minutes, but a region's delivery can lag behind another's.
    private static readonly TimeSpan Lateness = TimeSpan.FromHours(2);

    private readonly Dictionary<(string Actor, string? Key, string? Session), Thinned> nodes = [];
    private readonly HashSet<CaseLink> links = [];
    private readonly Dictionary<string, ReplayedCase> found = new(StringComparer.Ordinal);
    // Large from the start, as it gets there anyway: growing copies it each time.
    private readonly HashSet<(Guid Id, long Time)> events = new(4 * MuchToKeep);
    private DateTimeOffset latest = DateTimeOffset.MinValue;
    private DateTimeOffset forgotten = DateTimeOffset.MinValue;
    private int kept;
    private int checkAt = MuchToKeep;

    // What may still be judged with what comes, and what tells who acted for whom in it.
    private TimeSpan Reach => Horizon.Of(policy.Correlation) + Lateness + Horizon.Before(policy.Correlation);

    private DateTimeOffset JudgedFrom => forgotten == DateTimeOffset.MinValue ? forgotten : forgotten + Horizon.Before(policy.Correlation);

    /// <summary>How many observations came too late to be judged with the others of their time: only when input is large and in no order at all.</summary>
    public long Late { get; private set; }

    /// <summary>Whether so much is kept that <see cref="ForgetOld"/> is due.</summary>
    public bool IsFull => kept >= checkAt;

    /// <summary>Adds an observation, and forgets old ones when it is time to. One whose event is there already changes nothing.</summary>
    public void Add(Observation observation)
    {
        Put(observation);
        if (IsFull)
            ForgetOld();
    }

    /// <summary>Adds an observation and forgets none.</summary>
    public void Put(Observation observation)
    {
        if (!events.Add(EventKey(observation)))
            return;
        if (observation.Time < JudgedFrom)
            Late++;
        latest = observation.Time > latest ? observation.Time : latest;
        var key = (observation.Actor.Key, observation.AccessKeyId, observation.Session);
        if (!nodes.TryGetValue(key, out var node))
            nodes[key] = node = new Thinned(observation.Actor, observation.AccessKeyId, observation.Session);
        var before = node.Count;
        node.Add(observation);
        kept += node.Count - before;
        foreach (var link in observation.Links)
            links.Add(link);
    }

    /// <summary>Judges everything and forgets what lies too far behind the latest record to have anything to do with it. No observation older than that may still come.</summary>
    public void ForgetOld()
    {
        var before = latest - Reach;
        if (before > forgotten)
        {
            JudgeAll();
            forgotten = before;
            foreach (var (key, node) in nodes)
            {
                node.Forget(before);
                if (node.Count == 0)
                    nodes.Remove(key);
            }

            events.RemoveWhere(one => one.Time < before.UtcTicks);
            links.RemoveWhere(link => link.Time < before);
            kept = nodes.Values.Sum(node => node.Count);
        }

        // In proportion to what is kept: where very much happens within the horizon, judging it all every so many observations would take forever.
        checkAt = Math.Max(MuchToKeep, kept + Math.Max(MuchToKeep / 2, kept));
    }

    /// <summary>Judges what is left and gives every case that is worth telling, the worst first.</summary>
    public ImmutableArray<ReplayedCase> Finish()
    {
        JudgeAll();
        return
        [
            .. found.Values.OrderByDescending(one => one.Verdict.Level).ThenByDescending(one => one.Verdict.Score)
                .ThenBy(one => one.FirstAlert.Time).ThenBy(one => one.Incident.Root.Key, StringComparer.Ordinal),
        ];
    }

    private void JudgeAll()
    {
        // What is older was judged when more of its own past was known.
        var since = JudgedFrom;
        foreach (var tree in new CaseTrees(new Deeds(nodes.Values, links), policy).Since(since))
        {
            if (Judge(tree, since) is { } one)
                found[tree.Key] = found.TryGetValue(tree.Key, out var before) ? before.Worse(one) : one;
        }
    }

    private ReplayedCase? Judge(CaseTree tree, DateTimeOffset since)
    {
        if (Correlator.Consider(tree, policy, baseline) is not { Level: > 0, FirstAlert: { } alert } judgement)
            return null;
        var opened = Incident.Open(tree.File, judgement.Verdict);
        var begins = (alert.Begins < opened.Opened ? alert.Begins : opened.Opened) - Incident.Lead;
        var own = new CaseFile(tree.Key, [.. tree.File.Observations.Where(observation => observation.Time >= begins)]);
        var index = tree.Parts.Sum(part => part.Times.Count(time => time >= alert.Begins.UtcTicks && time <= alert.Time.UtcTicks));
        return new(opened with { Case = own }, alert, index, tree.Parts.Sum(part => part.Times.Count(time => time >= since.UtcTicks))) { Until = judgement.Until, Known = judgement.Known };
    }

    // CloudTrail's ids are GUIDs, which take a quarter of their text's space; anything else is hashed to one.
    private static (Guid Id, long Time) EventKey(Observation observation) => (
        Guid.TryParse(observation.EventId, out var id) ? id : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(observation.EventId)).AsSpan(0, 16)),
        observation.Time.UtcTicks);
}
