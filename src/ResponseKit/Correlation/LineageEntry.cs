using ResponseKit.Resources;

namespace ResponseKit.Correlation;

/// <summary>One resource that an actor made or changed, and the record that proves it. Containment follows these.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Relation">Whether it was made or changed.</param>
/// <param name="EventId">The CloudTrail event id of the proof.</param>
/// <param name="Time">When.</param>
public sealed record LineageEntry(ResourceRef Resource, LineageRelation Relation, string EventId, DateTimeOffset Time)
{
    /// <summary>How many members the call asked for: instances of a group, tasks of a service. Null where it does not say.</summary>
    public int? Size { get; init; }

    /// <summary>AWS's unique id, where the answer has one: a name can belong to somebody else later, an id cannot.</summary>
    public string? UniqueId { get; init; }

    /// <summary>The Auto Scaling group that a detached instance was taken out of.</summary>
    public string? Group { get; init; }
}
