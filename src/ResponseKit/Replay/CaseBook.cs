using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ResponseKit.Correlation;
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

    // AWS STS API Reference, "GetFederationToken".
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(36);

    private readonly Dictionary<(string Actor, string? Key), Thinned> nodes = [];
    private readonly Dictionary<string, CaseLink> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReplayedCase> found = new(StringComparer.Ordinal);
    // Large from the start, as it gets there anyway: growing copies it each time.
    private readonly HashSet<(Guid Id, long Time)> events = new(4 * MuchToKeep);
    private DateTimeOffset latest = DateTimeOffset.MinValue;
    private DateTimeOffset forgotten = DateTimeOffset.MinValue;
    private int kept;
    private int checkAt = MuchToKeep;

    private TimeSpan LongestWindow => TimeSpan.FromMinutes(Math.Max(policy.Correlation.LongWindowMinutes, policy.Correlation.WindowMinutes));

    private TimeSpan Horizon => LongestWindow + TimeSpan.FromMinutes(policy.Correlation.RushMinutes) + Lateness;

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
        if (observation.Time < forgotten)
            Late++;
        latest = observation.Time > latest ? observation.Time : latest;
        var key = (observation.Actor.Key, observation.AccessKeyId);
        if (!nodes.TryGetValue(key, out var node))
            nodes[key] = node = new Thinned(observation.Actor);
        var before = node.Count;
        node.Add(observation);
        kept += node.Count - before;
        foreach (var link in observation.Links)
        {
            if (link.Replaces(links.GetValueOrDefault(link.Child)))
                links[link.Child] = link;
        }
    }

    /// <summary>Judges everything and forgets what lies too far behind the latest record to have anything to do with it. No observation older than that may still come.</summary>
    public void ForgetOld()
    {
        var before = latest - Horizon;
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
            // Users and roles stay.
            var oldest = before - LongestSession;
            foreach (var old in links.Values.Where(link => link.Time < oldest && !link.Child.StartsWith("arn:", StringComparison.Ordinal)).ToList())
                links.Remove(old.Child);
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
            .. found.Values.OrderByDescending(one => one.Verdict is Verdict.Contain).ThenByDescending(one => one.Verdict.Score)
                .ThenBy(one => one.FirstAlert.Time).ThenBy(one => one.Incident.Root.Key, StringComparer.Ordinal),
        ];
    }

    private void JudgeAll()
    {
        string? ParentOf(string child) => CaseLink.ParentOf(child, links.GetValueOrDefault);
        foreach (var group in nodes.GroupBy(node => CaseRoot.Of(node.Value.Actor, node.Key.Key, ParentOf), StringComparer.Ordinal))
        {
            if (Judge(group.Key, [.. group.Select(node => node.Value)]) is { } one)
                found[group.Key] = found.TryGetValue(group.Key, out var before) ? before.Worse(one) : one;
        }
    }

    private ReplayedCase? Judge(string root, List<Thinned> parts)
    {
        var file = new CaseFile(root, [.. parts.SelectMany(part => part.Kept)]);
        if (Correlator.JudgeRemarkable(file, policy, baseline, out var until) is not { FirstAlert: { } alert } verdict)
            return null;
        var opened = Incident.Open(file, verdict);
        var begins = (alert.Begins < opened.Opened ? alert.Begins : opened.Opened) - Incident.Lead;
        var since = new CaseFile(root, [.. file.Observations.Where(observation => observation.Time >= begins)]);
        var index = parts.Sum(part => part.Times.Count(time => time >= alert.Begins.UtcTicks && time <= alert.Time.UtcTicks));
        return new(opened with { Case = since }, alert, index, parts.Sum(part => part.Times.Count))
        {
            Until = until,
            Known = file.Observations.Count(observation => observation.Time <= until && observation.Time >= until - LongestWindow),
        };
    }

    // CloudTrail's ids are GUIDs, which take a quarter of their text's space; anything else is hashed to one.
    private static (Guid Id, long Time) EventKey(Observation observation) => (
        Guid.TryParse(observation.EventId, out var id) ? id : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(observation.EventId)).AsSpan(0, 16)),
        observation.Time.UtcTicks);
}
