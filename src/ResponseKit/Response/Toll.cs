using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>
/// What a plan ends and restrains, counted by what it really costs: a group or a fleet by its members, a cluster by its services and tasks. Each thing counts once,
/// however many actions see to it.
/// </summary>
internal sealed class Toll(CaseFile file, GuardSettings guards)
{
    // What calls of any kind asked for, the greatest of each: a group that is raised later has more members than it began with.
    private readonly ILookup<ResourceRef, int> sizes = file.Observations.SelectMany(observation => observation.Lineage)
        .Where(entry => entry.Size is not null).ToLookup(entry => entry.Resource, entry => entry.Size!.Value);

    private readonly ILookup<ResourceRef, ResourceRef> contents = file.Lineage.Select(entry => entry.Resource)
        .Where(resource => resource.Kind == ResourceKind.EcsService || resource.Kind == ResourceKind.EcsTask).ToLookup(ClusterOf);

    private readonly HashSet<ResourceRef> counted = [];
    private readonly HashSet<ResourceRef> altered = [];
    private int instances;
    private int services;

    /// <summary>Why a person is asked about one more target; null, and the target is counted, where no cap stands against it.</summary>
    /// <param name="action">The action.</param>
    /// <param name="subject">The target.</param>
    public string? ReasonToAsk(ActionDescriptor action, Subject subject) =>
        subject.Relation is LineageRelation.Altered or LineageRelation.Entered ? OfAltered(action, subject.Resource) : OfEnded(action, subject.Resource);

    private string? OfAltered(ActionDescriptor action, ResourceRef resource)
    {
        if (action.ProvesEachTarget || altered.Contains(resource))
            return null;
        if (altered.Count >= guards.MaxAlteredPerIncident)
        {
            return $"The incident would restrain more than {guards.MaxAlteredPerIncident} things that were there before it and that the actor only changed or "
                + "entered; that may be what they want. Make sure that stopping them does less harm than leaving them.";
        }

        altered.Add(resource);
        return null;
    }

    private string? OfEnded(ActionDescriptor action, ResourceRef resource)
    {
        var (ended, gone) = CostOf(resource);
        if ((ended, gone) == (0, 0) || counted.Contains(resource) || (resource.Kind == ResourceKind.Instance && !action.IsDestructive))
            return null;
        if (instances + ended > guards.MaxInstancesPerIncident)
        {
            return $"The incident would end more than {guards.MaxInstancesPerIncident} instances, members of groups and fleets and tasks of clusters counted; make sure that "
                + "they are the attacker's.";
        }

        if (services + gone > guards.MaxResourcesPerIncident)
            return $"The incident would destroy more than {guards.MaxResourcesPerIncident} clusters and services; make sure that they are the attacker's.";
        instances += ended;
        services += gone;
        counted.Add(resource);
        return null;
    }

    private (int Instances, int Services) CostOf(ResourceRef resource)
    {
        if (resource.Kind == ResourceKind.Instance)
            return (1, 0);
        if (resource.Kind == ResourceKind.SpotRequest)
            return (1, 0);
        if (resource.Kind == ResourceKind.AutoScalingGroup || resource.Kind == ResourceKind.Fleet || resource.Kind == ResourceKind.SpotFleet)
            return (SizeOf(resource), 0);
        if (resource.Kind != ResourceKind.EcsCluster)
            return (0, 0);
        var ofServices = contents[resource].Where(inside => inside.Kind == ResourceKind.EcsService).ToList();
        var tasks = contents[resource].Count(inside => inside.Kind == ResourceKind.EcsTask) + ofServices.Sum(SizeOf);
        return (tasks, 1 + ofServices.Count);
    }

    private int SizeOf(ResourceRef resource) => sizes[resource].DefaultIfEmpty(0).Max();

    private static ResourceRef ClusterOf(ResourceRef inside) => inside with { Kind = ResourceKind.EcsCluster, Name = inside.Name.Split('/')[0] };
}
