using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>One resource that a response has to see to.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Relation">Made, changed or entered in the case; null for a principal that acted in it and was there before.</param>
/// <param name="Options">What the case tells an action that asks for it.</param>
internal sealed record Subject(ResourceRef Resource, LineageRelation? Relation, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>The same with one more thing to tell an action that asks for it.</summary>
    public Subject With(string option, string value) => this with { Options = Options.SetItem(option, value) };

    /// <summary>Whether an action is meant for it. A principal that was made or entered in the case is treated as the actor is.</summary>
    public bool IsCaughtBy(ActionTrigger trigger) =>
        trigger.Kind == Resource.Kind
        && (trigger.Relation == Relation || (trigger.Relation is null && Relation is not (LineageRelation.Altered or LineageRelation.Mentioned) && Subjects.IsPrincipal(Resource.Kind)));
}

/// <summary>Finds what a response has to see to.</summary>
internal static class Subjects
{
    /// <summary>The principals that acted and can be contained, then what was made and changed, without what goes away with something else.</summary>
    public static ImmutableArray<Subject> Of(Incident incident, GuardSettings guards, PlanRound round)
    {
        var file = incident.Case;
        var lineage = file.Lineage;
        var facts = new SubjectFacts(incident, lineage, round);
        var created = lineage.Where(entry => entry.Relation == LineageRelation.Created).Select(entry => entry.Resource).ToHashSet();
        var acting = file.Actors.Where(CanBeContained).Select(actor => ActorResource.Of(actor)!).ToList();
        var contained = acting.Concat(created.Where(resource => IsPrincipal(resource.Kind)))
            .Where(principal => Guards.ReasonToLeaveAlone(principal, guards) is null)
            .ToHashSet();
        var actors = acting.Select(principal => new Subject(
            principal, created.Contains(principal) ? LineageRelation.Created : null, facts.OptionsFor(principal, created.Contains(principal))));
        var others = lineage
            .Where(entry => entry.Relation == LineageRelation.Entered
                ? !acting.Contains(entry.Resource) && !created.Contains(entry.Resource) && IsAlive(entry, file)
                : !acting.Contains(entry.Resource) && !GoesWithAnother(entry.Resource, contained, created))
            // Out of a group of somebody else's, it is theirs.
            .Select(entry => entry.Relation != LineageRelation.Detached || created.Contains(SubjectFacts.GroupOf(entry))
                ? entry
                : entry with { Relation = LineageRelation.Mentioned })
            .Select(entry => new Subject(entry.Resource, entry.Relation, facts.OptionsFor(entry)));
        return [.. actors, .. others];
    }

    /// <summary>Tells of a resource whether an action ends it with all that belongs to it: the actor made it, or made what it is in.</summary>
    public static Func<ResourceRef, bool> Ended(Incident incident, GuardSettings guards, ImmutableArray<ActionDescriptor> actions)
    {
        var created = incident.Case.Lineage.Where(entry => entry.Relation == LineageRelation.Created).Select(entry => entry.Resource)
            .Where(resource => actions.Any(action => action.Triggers.Any(trigger => IsForCreated(trigger, resource.Kind)))).ToHashSet();
        var contained = incident.Case.Actors.Where(CanBeContained).Select(actor => ActorResource.Of(actor)!).Concat(created.Where(resource => IsPrincipal(resource.Kind)))
            .Where(principal => Guards.ReasonToLeaveAlone(principal, guards) is null).ToHashSet();
        return resource => created.Contains(resource) || GoesWithAnother(resource, contained, created);
    }

    private static bool IsForCreated(ActionTrigger trigger, ResourceKind kind) =>
        trigger.Kind == kind && !trigger.IsForBrake && (trigger.Relation == LineageRelation.Created || (trigger.Relation is null && IsPrincipal(kind)));

    public static bool IsPrincipal(ResourceKind kind) => kind == ResourceKind.IamUser || kind == ResourceKind.IamRole;

    private static bool CanBeContained(Actor actor) => actor is Actor.User or Actor.Role { IsServiceLinked: false, IsPermissionSet: false };

    // No session of a role lasts longer than twelve hours (IAM User Guide, "Methods to assume a role").
    private static bool IsAlive(LineageEntry entered, CaseFile file) => file.Observations[^1].Time - entered.Time < TimeSpan.FromHours(12);

    // A credential goes with its user, a service and a task with their cluster.
    private static bool GoesWithAnother(ResourceRef resource, HashSet<ResourceRef> contained, HashSet<ResourceRef> created)
    {
        var owner = resource.Name.Split('/')[0];
        if (resource.Kind == ResourceKind.AccessKey || resource.Kind == ResourceKind.Credential || resource.Kind == ResourceKind.LoginProfile)
            return contained.Contains(resource with { Kind = ResourceKind.IamUser, Name = owner });
        // Whoever made a role is denied by it altogether; one that was there before only loses its sessions, and its trust lets new ones in.
        if (resource.Kind == ResourceKind.RoleTrust)
            return created.Contains(resource with { Kind = ResourceKind.IamRole });
        return (resource.Kind == ResourceKind.EcsService || resource.Kind == ResourceKind.EcsTask)
            && created.Contains(resource with { Kind = ResourceKind.EcsCluster, Name = owner });
    }
}
