using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ResponseKit.Actors;
using ResponseKit.Detections;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Correlation.Blame;

/// <summary>
/// What the calls of a slot cost of which no more is kept: each counts once, by its event, so that hearing of it again changes nothing. Money must add up in full
/// however much of it there is.
/// </summary>
internal sealed class SlotSpending
{
    // An item of the table has at most 400 KB; so many calls take some forty. Whoever makes more in five minutes has long been judged by these.
    private const int Most = 2_000;

    private readonly Dictionary<Spender, Dictionary<long, Entry>> entries = [];
    private int count;

    /// <summary>Whether nothing was spent.</summary>
    public bool IsEmpty => count == 0;

    /// <summary>Whether there was more than is kept.</summary>
    public bool IsFull => count >= Most;

    /// <summary>Whether an observation is of a call that adds to what its actor runs, or sets how much it is.</summary>
    public static bool Concerns(Observation observation) => CostOf(observation) is { } cost && (cost.UsdPerHour > 0 || cost.Units > 0);

    /// <summary>Notes what an observation costs.</summary>
    /// <returns>Whether it was news.</returns>
    public bool Add(Observation observation)
    {
        var cost = CostOf(observation)!;
        var spender = new Spender(observation.Actor, observation.AccessKeyId, observation.Session, observation.Region, DetectionOf(observation), cost.Uses);
        if (IsFull || !(entries.TryGetValue(spender, out var there) ? there : entries[spender] = []).TryAdd(Hash(observation.EventId), new(observation.Time.UtcTicks, cost)))
            return false;
        count++;
        return true;
    }

    /// <summary>What is not among the observations that are kept, summed up by the minute, as observations.</summary>
    public IEnumerable<Observation> Rest(IEnumerable<Observation> kept)
    {
        var hashes = kept.Select(observation => Hash(observation.EventId)).ToHashSet();
        return from spender in entries
               from minute in spender.Value.Where(entry => !hashes.Contains(entry.Key)).GroupBy(entry => entry.Value.Ticks / TimeSpan.TicksPerMinute)
               from alike in minute.Select(entry => entry.Value).GroupBy(entry => entry.Cost.Sets)
               select Sum(spender.Key, minute.Key, [.. alike]);
    }

    /// <summary>What is to be written down.</summary>
    public ImmutableArray<SpentContent> ToContent() =>
    [
        .. entries.Select(spender => new SpentContent(
            spender.Key, [.. spender.Value.OrderBy(entry => entry.Key).Select(entry => SpentEntry.Of(entry.Key, entry.Value.Ticks, entry.Value.Cost))]))
        .OrderBy(content => Id(content.Spender, 0, sets: null), StringComparer.Ordinal),
    ];

    /// <summary>Takes what was written down.</summary>
    public void Take(ImmutableArray<SpentContent> contents)
    {
        if (contents.IsDefault)
            return;
        foreach (var content in contents)
        {
            var of = entries.TryGetValue(content.Spender, out var there) ? there : entries[content.Spender] = [];
            foreach (var entry in content.Entries)
            {
                if (of.TryAdd(entry.Hash, new(entry.Ticks, entry.ToCost(content.Spender.Uses))))
                    count++;
            }
        }
    }

    private static Cost? CostOf(Observation observation) => SignalOf(observation)?.Finding.Cost;

    private static string DetectionOf(Observation observation) => SignalOf(observation)!.DetectionId;

    private static Signal? SignalOf(Observation observation)
    {
        foreach (var signal in observation.Signals)
        {
            if (signal.Finding is { Cost: not null, Allowed: null } && signal.Outcome.TookEffect)
                return signal;
        }

        return null;
    }

    private static Observation Sum(Spender spender, long minute, List<Entry> all)
    {
        var last = all.MaxBy(entry => (entry.Ticks, entry.Cost.UsdPerHour))!;
        var (id, time) = (Id(spender, minute, last.Cost.Sets), new DateTimeOffset(last.Ticks, TimeSpan.Zero));
        // What sets a size replaces what it was set to before.
        var cost = last.Cost.Sets is not null ? last.Cost
            : new Cost(all.Sum(entry => entry.Cost.UsdPerHour)) { Units = all.Sum(entry => entry.Cost.Units), Uses = spender.Uses };
        var finding = new Finding(0, string.Create(CultureInfo.InvariantCulture, $"made {all.Count} more of the same within a minute")) { Cost = cost };
        return new(id, time, spender.Actor, spender.AccessKeyId, spender.Region, [new(spender.Detection, SignalCategory.Provisioning, id, time, spender.Actor, spender.Region, new CallOutcome.Succeeded(), finding)], [], [])
        {
            Session = spender.Session,
        };
    }

    private static string Id(Spender spender, long minute, string? sets) => string.Create(
        CultureInfo.InvariantCulture,
        $"rest-{minute}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{spender.Actor.Key}\n{spender.AccessKeyId}\n{spender.Session}\n{spender.Region}\n{spender.Detection}\n{spender.Uses}\n{sets}")).AsSpan(0, 8))}");

    // Ids are CloudTrail's, not the caller's to choose.
    private static long Hash(string eventId) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(eventId)));

    private sealed record Entry(long Ticks, Cost Cost);
}

/// <summary>Who spends on what.</summary>
public sealed record Spender(Actor Actor, string? AccessKeyId, string? Session, string Region, string Detection, string? Uses);

/// <summary>What one spender spent in a slot, as it is written down.</summary>
public sealed record SpentContent(Spender Spender, ImmutableArray<SpentEntry> Entries);

/// <summary>One call.</summary>
/// <param name="Hash">Of its event's id.</param>
/// <param name="Ticks">When, in UTC.</param>
/// <param name="UsdPerHour">What it costs.</param>
/// <param name="Units">How many units of what the spender uses.</param>
/// <param name="Sets">What it sets to this size; null where it adds to it.</param>
/// <param name="MostUsdPerHour">What that may grow to.</param>
/// <param name="MostUnits">How many units that may be.</param>
public sealed record SpentEntry(long Hash, long Ticks, decimal UsdPerHour, long Units, string? Sets = null, decimal? MostUsdPerHour = null, long MostUnits = 0)
{
    internal static SpentEntry Of(long hash, long ticks, Cost cost) => cost.Sets is null
        ? new(hash, ticks, cost.UsdPerHour, cost.Units)
        : new(hash, ticks, cost.UsdPerHour, cost.Units, cost.Sets, cost.MostUsdPerHour, cost.MostUnits);

    internal Cost ToCost(string? uses) => new(UsdPerHour) { Units = Units, Uses = uses, Sets = Sets, MostUsdPerHour = MostUsdPerHour, MostUnits = MostUnits };
}
