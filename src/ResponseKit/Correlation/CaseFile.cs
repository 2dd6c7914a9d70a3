using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResponseKit.Actors;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>
/// All that is known of what one actor did, himself or through those who act for him: a set of observations, one an event. It is the same
/// in whatever order and however often they arrive.
/// </summary>
public sealed class CaseFile
{
    /// <summary>How many observations are kept; the oldest go first.</summary>
    public const int MaxObservations = 50_000;

    /// <summary>What stands between a role and one of its sessions in the key of a case that is that session's alone; no ARN of IAM's has it.</summary>
    public const char SessionMark = '#';

    private static readonly Comparer<Observation> OldestFirst = Comparer<Observation>.Create((one, other) => one.Time != other.Time
        ? one.Time.CompareTo(other.Time)
        : string.CompareOrdinal(one.EventId, other.EventId));

    /// <summary>A case with these observations.</summary>
    /// <param name="rootKey">The key of the case: that of the actor, with the session behind it where the case is a session's alone.</param>
    /// <param name="observations">What was observed, in any order.</param>
    [JsonConstructor]
    public CaseFile(string rootKey, ImmutableArray<Observation> observations)
    {
        RootKey = rootKey;
        Observations = observations.IsDefaultOrEmpty ? [] : Sorted(observations);
    }

    /// <summary>The key of the case: that of the actor, with <see cref="SessionMark"/> and the session behind it where the case is a session's alone.</summary>
    public string RootKey { get; }

    /// <summary>The observations, oldest first.</summary>
    public ImmutableArray<Observation> Observations { get; }

    /// <summary>The actor whose case it is.</summary>
    [JsonIgnore]
    public Actor Root
    {
        get
        {
            var key = ActorKeyOf(RootKey);
            return Actors.FirstOrDefault(actor => actor.Key == key) ?? ActorResolver.FromKey(key);
        }
    }

    /// <summary>Every actor that did something in it, in the order of first appearance.</summary>
    [JsonIgnore]
    public ImmutableArray<Actor> Actors =>
    [
        .. Observations.Select(observation => observation.Actor)
            .GroupBy(actor => actor.Key, StringComparer.Ordinal)
            .Select(same => same.FirstOrDefault(HasPath) ?? same.First()),
    ];

    /// <summary>Every signal, oldest first.</summary>
    [JsonIgnore]
    public ImmutableArray<Signal> Signals
    {
        get
        {
            var signals = ImmutableArray.CreateBuilder<Signal>(Observations.Length);
            foreach (var observation in Observations)
                signals.AddRange(observation.Signals);
            return signals.DrainToImmutable();
        }
    }

    /// <summary>
    /// What was made or changed, each resource once with its first proof, oldest first, and what was entered, each with its last proof. What was
    /// made in the case counts as made, whatever was done to it afterwards; what a call named that was there before does not come to be made by
    /// naming it again.
    /// </summary>
    [JsonIgnore]
    public ImmutableArray<LineageEntry> Lineage =>
    [
        .. Observations.SelectMany(observation => observation.Lineage)
            .GroupBy(entry => (entry.Resource, IsEntered: entry.Relation == LineageRelation.Entered))
            .Select(entries => entries.Key.IsEntered ? entries.Last() : Deciding(entries)),
    ];

    /// <summary>A case in which nothing has been observed.</summary>
    public static CaseFile Empty(string rootKey) => new(rootKey, []);

    /// <summary>The case with one more observation. One that is there already changes nothing. For many, make a case of them all.</summary>
    public CaseFile Add(Observation observation) => new(RootKey, [.. Observations, observation]);

    /// <summary>The observations of both: for when a link shows late that two cases are one.</summary>
    public CaseFile Union(CaseFile other) => new(RootKey, [.. Observations, .. other.Observations]);

    /// <summary>The case without some of the observations.</summary>
    /// <param name="isGone">Which ones.</param>
    public CaseFile Without(Func<Observation, bool> isGone) => new(RootKey, [.. Observations.Where(observation => !isGone(observation))]);

    private static LineageEntry Deciding(IEnumerable<LineageEntry> entries)
    {
        var all = entries.ToList();
        var first = all.Find(entry => entry.Relation is LineageRelation.Created or LineageRelation.Mentioned);
        return first is { Relation: LineageRelation.Created }
            ? first
            : all.Find(entry => entry.Relation == LineageRelation.Detached) ?? all.Find(entry => entry.Relation == LineageRelation.Altered) ?? all[0];
    }

    /// <summary>The key of the actor in the key of a case.</summary>
    public static string ActorKeyOf(string caseKey) => caseKey.StartsWith("arn:", StringComparison.Ordinal) ? caseKey.Split(SessionMark)[0] : caseKey;

    private static ImmutableArray<Observation> Sorted(ImmutableArray<Observation> observations)
    {
        var byEvent = new Dictionary<string, Observation>(observations.Length, StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            // What somebody else wrote into the table may lack anything.
            if (observation is not { EventId: { } id, Actor: not null, Signals.IsDefault: false, Lineage.IsDefault: false, Links.IsDefault: false })
                throw new ArgumentException("An observation of the case lacks a part.", nameof(observations));
            if (!byEvent.TryGetValue(id, out var there) || (!ReferenceEquals(there, observation) && IsBetter(observation, there)))
                byEvent[id] = observation;
        }

        Observation[] sorted = [.. byEvent.Values];
        Array.Sort(sorted, OldestFirst);
        return [.. sorted.AsSpan(Math.Max(sorted.Length - MaxObservations, 0))];
    }

    // Not every record tells the IAM path.
    private static bool HasPath(Actor actor) => actor is Actor.User { Path: not null } or Actor.Role { Path: not null };

    // Two observations of one event differ only when it was observed by different versions or policies; any fixed choice will do.
    private static bool IsBetter(Observation one, Observation other) =>
        (one.Signals.Length, one.Lineage.Length, one.Changes.Length).CompareTo((other.Signals.Length, other.Lineage.Length, other.Changes.Length)) switch
        {
            0 => string.CompareOrdinal(Text(one), Text(other)) < 0,
            var more => more > 0,
        };

    private static string Text(Observation observation) => JsonSerializer.Serialize(observation, CaseJson.Default.Observation);
}
