using ResponseKit.Correlation;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>When a response plans an action by itself: for a resource of this kind with this history.</summary>
/// <param name="Kind">The kind of resource.</param>
/// <param name="Relation">Created, altered or detached by the actor; null for the actor himself.</param>
public sealed record ActionTrigger(ResourceKind Kind, LineageRelation? Relation)
{
    /// <summary>Whether it is for an incident whose verdict is to brake, and for no other.</summary>
    public bool IsForBrake { get; init; }

    /// <summary>For a principal that acted, or was made or entered, in an incident whose verdict is to brake; or with a relation, for what stands in it to the actor.</summary>
    public static ActionTrigger Braked(ResourceKind kind, LineageRelation? relation = null) => new(kind, relation) { IsForBrake = true };

    /// <summary>For the actor himself.</summary>
    public static ActionTrigger Actor(ResourceKind kind) => new(kind, null);

    /// <summary>For what the actor made.</summary>
    public static ActionTrigger Created(ResourceKind kind) => new(kind, LineageRelation.Created);

    /// <summary>For instances that the actor took out of a group that they made.</summary>
    public static ActionTrigger Detached(ResourceKind kind) => new(kind, LineageRelation.Detached);

    /// <summary>For what the actor changed.</summary>
    public static ActionTrigger Altered(ResourceKind kind) => new(kind, LineageRelation.Altered);
}
