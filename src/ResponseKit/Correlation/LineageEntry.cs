using ResponseKit.Resources;

namespace ResponseKit.Correlation;

/// <summary>One resource that an actor made or changed, and the record that proves it. Containment follows these.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Relation">Whether it was made or changed.</param>
/// <param name="EventId">The CloudTrail event id of the proof.</param>
/// <param name="Time">When.</param>
public sealed record LineageEntry(ResourceRef Resource, LineageRelation Relation, string EventId, DateTimeOffset Time);
