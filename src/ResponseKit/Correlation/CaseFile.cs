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

    private static readonly Comparer<(DateTimeOffset Time, string Id)> OldestFirst = Comparer<(DateTimeOffset Time, string Id)>.Create(
        (one, other) => one.Time != other.Time ? one.Time.CompareTo(other.Time) : string.CompareOrdinal(one.Id, other.Id));

    private readonly ImmutableDictionary<string, Observation> byEvent;
    private readonly ImmutableSortedSet<(DateTimeOffset Time, string Id)> order;

    private CaseFile(
        string rootKey, ImmutableDictionary<string, Observation> byEvent, ImmutableSortedSet<(DateTimeOffset Time, string Id)> order)
    {
        RootKey = rootKey;
        this.byEvent = byEvent;
        this.order = order;
    }

    /// <summary>A case with these observations.</summary>
    /// <param name="rootKey">The key of the actor whose case it is.</param>
    /// <param name="observations">What was observed, in any order.</param>
    [JsonConstructor]
    public CaseFile(string rootKey, ImmutableArray<Observation> observations)
    {
        var all = (observations.IsDefault ? [] : observations).Aggregate(Empty(rootKey), (file, observation) => file.Add(observation));
        (RootKey, byEvent, order) = (rootKey, all.byEvent, all.order);
    }

    /// <summary>The key of the actor whose case it is.</summary>
    public string RootKey { get; }

    /// <summary>The observations, oldest first.</summary>
    public ImmutableArray<Observation> Observations => [.. order.Select(place => byEvent[place.Id])];

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
    public ImmutableArray<Signal> Signals => [.. Observations.SelectMany(observation => observation.Signals)];

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
    public static CaseFile Empty(string rootKey) => new(rootKey, ImmutableDictionary.Create<string, Observation>(StringComparer.Ordinal), Nothing);

    /// <summary>The case with one more observation. One that is there already changes nothing.</summary>
    public CaseFile Add(Observation observation)
    {
        var (known, places) = (byEvent, order);
        if (known.TryGetValue(observation.EventId, out var there))
        {
            if (!IsBetter(observation, there))
                return this;
            places = places.Remove((there.Time, there.EventId));
        }

        known = known.SetItem(observation.EventId, observation);
        places = places.Add((observation.Time, observation.EventId));
        if (places.Count > MaxObservations)
        {
            known = known.Remove(places.Min.Id);
            places = places.Remove(places.Min);
        }

        return new CaseFile(RootKey, known, places);
    }

    /// <summary>The observations of both: for when a link shows late that two cases are one.</summary>
    public CaseFile Union(CaseFile other) => other.Observations.Aggregate(this, (file, observation) => file.Add(observation));

    // Not every record tells the IAM path.
    private static bool HasPath(Actor actor) => actor is Actor.User { Path: not "/" } or Actor.Role { Path: not "/" };

    // Two observations of one event differ only when it was observed by different versions or policies; any fixed choice will do.
    private static bool IsBetter(Observation one, Observation other) =>
        (one.Signals.Length, one.Lineage.Length).CompareTo((other.Signals.Length, other.Lineage.Length)) switch
        {
            0 => string.CompareOrdinal(Text(one), Text(other)) < 0,
            var more => more > 0,
        };

    private static string Text(Observation observation) => JsonSerializer.Serialize(observation, ResponseKitJson.Default.Observation);

    private static readonly ImmutableSortedSet<(DateTimeOffset Time, string Id)> Nothing =
        ImmutableSortedSet<(DateTimeOffset Time, string Id)>.Empty.WithComparer(OldestFirst);
}
