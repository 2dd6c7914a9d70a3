using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ResponseKit.Actors;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Detections;

namespace ResponseKit.Correlation;

/// <summary>All that ResponseKit keeps of one record.</summary>
/// <param name="EventId">The record's CloudTrail event id; there is one observation for each.</param>
/// <param name="Time">When the call was made.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="AccessKeyId">The access key that signed it, where recorded.</param>
/// <param name="Region">Where it was recorded.</param>
/// <param name="Signals">What the detections said.</param>
/// <param name="Lineage">What the actor made or changed by it.</param>
/// <param name="Links">Whom the actor opened or made by it.</param>
public sealed record Observation(
    string EventId,
    DateTimeOffset Time,
    Actor Actor,
    string? AccessKeyId,
    string Region,
    ImmutableArray<Signal> Signals,
    ImmutableArray<LineageEntry> Lineage,
    ImmutableArray<CaseLink> Links)
{
    /// <summary>What may be usual for the actor or not.</summary>
    public ImmutableArray<Trait> Traits { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What else the call made or changed, for people: what ends it is in the table of changes.</summary>
    public ImmutableArray<Change> Changes { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether something was made, changed or opened by it.</summary>
    [JsonIgnore]
    public bool HasEffect => !Lineage.IsEmpty || !Links.IsEmpty || !Changes.IsEmpty;

    /// <summary>From where the call came, and with which program; null where that says nothing.</summary>
    public CallSource? From { get; init; }

    /// <summary>IAM's unique id of the user or role that made it (<c>AIDA…</c>, <c>AROA…</c>), by which they are found under another name; null where it was not recorded.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>The id of the role's session that made it, such as <c>AROAEXAMPLE:name</c>; null for anybody else.</summary>
    public string? Session { get; init; }
}
