using ResponseKit.Resources;

namespace ResponseKit.Actors;

/// <summary>The resource that an actor is, as actions name it.</summary>
public static class ActorResource
{
    /// <summary>The user or role; null for every other actor.</summary>
    public static ResourceRef? Of(Actor actor) => actor switch
    {
        Actor.User user => new(ResourceKind.IamUser, user.Account, "", user.Name, user.Partition) { Path = user.Path },
        Actor.Role role => new(ResourceKind.IamRole, role.Account, "", role.Name, role.Partition) { Path = role.Path },
        _ => null,
    };
}
