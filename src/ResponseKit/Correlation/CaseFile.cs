using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResponseKit.Actors;
using ResponseKit.Detections;

namespace ResponseKit.Correlation;

/// <summary>
/// All that is known of what one actor did, himself or through those who act for him: a set of observations, one an event. It is the same
/// in whatever order and however often they arrive.
/// </summary>
public sealed class CaseFile
{
    /// <summary>How many observations are kept; the oldest go first.</summary>
    public const int MaxObservations = 50_000;

    private static readonly Comparer<Observation> OldestFirst = Comparer<Observation>.Create((one, other) => one.Time != other.Time
        ? one.Time.CompareTo(other.Time)
        : string.CompareOrdinal(one.EventId, other.EventId));

    /// <summary>A case with these observations.</summary>
    /// <param name="rootKey">The key of the actor whose case it is.</param>
    /// <param name="observations">What was observed, in any order.</param>
    [JsonConstructor]
    public CaseFile(string rootKey, ImmutableArray<Observation> observations)
    {
        RootKey = rootKey;
        Observations = observations.IsDefaultOrEmpty ? [] : Sorted(observations);
    }

    /// <summary>The key of the actor whose case it is.</summary>
    public string RootKey { get; }

    /// <summary>The observations, oldest first.</summary>
    public ImmutableArray<Observation> Observations { get; }

    /// <summary>The actor whose case it is.</summary>
    [JsonIgnore]
    public Actor Root => Actors.FirstOrDefault(actor => actor.Key == RootKey) ?? ActorResolver.FromKey(RootKey);

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
    /// made in the case counts as made, whatever was done to it afterwards.
    /// </summary>
    [JsonIgnore]
    public ImmutableArray<LineageEntry> Lineage =>
    [
        .. Observations.SelectMany(observation => observation.Lineage)
            .GroupBy(entry => (entry.Resource, IsEntered: entry.Relation == LineageRelation.Entered))
            .Select(entries => entries.Key.IsEntered
                ? entries.Last()
                : entries.FirstOrDefault(entry => entry.Relation == LineageRelation.Created) ?? entries.First()),
    ];

    /// <summary>A case in which nothing has been observed.</summary>
    public static CaseFile Empty(string rootKey) => new(rootKey, []);

    /// <summary>The case with one more observation. One that is there already changes nothing. For many, make a case of them all.</summary>
    public CaseFile Add(Observation observation) => new(RootKey, [.. Observations, observation]);

    /// <summary>The observations of both: for when a link shows late that two cases are one.</summary>
    public CaseFile Union(CaseFile other) => new(RootKey, [.. Observations, .. other.Observations]);

    private static ImmutableArray<Observation> Sorted(ImmutableArray<Observation> observations)
    {
        var byEvent = new Dictionary<string, Observation>(observations.Length, StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            if (!byEvent.TryGetValue(observation.EventId, out var there) || (!ReferenceEquals(there, observation) && IsBetter(observation, there)))
                byEvent[observation.EventId] = observation;
        }

        Observation[] sorted = [.. byEvent.Values];
        Array.Sort(sorted, OldestFirst);
        return [.. sorted.AsSpan(Math.Max(sorted.Length - MaxObservations, 0))];
    }

    // Not every record tells the IAM path.
    private static bool HasPath(Actor actor) => actor is Actor.User { Path: not null } or Actor.Role { Path: not null };

    // Two observations of one event differ only when it was observed by different versions or policies; any fixed choice will do.
    private static bool IsBetter(Observation one, Observation other) =>
        (one.Signals.Length, one.Lineage.Length).CompareTo((other.Signals.Length, other.Lineage.Length)) switch
        {
            0 => string.CompareOrdinal(Text(one), Text(other)) < 0,
            var more => more > 0,
        };

    private static string Text(Observation observation) => JsonSerializer.Serialize(observation, ResponseKitJson.Default.Observation);
}
