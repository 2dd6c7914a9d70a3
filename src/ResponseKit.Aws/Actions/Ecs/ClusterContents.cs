using Amazon.ECS.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response;
using EcsTask = Amazon.ECS.Model.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>
/// What is in a cluster, and whose it is. CreateCluster answers with the cluster that is there, and a cluster has no time of creation, so what it contains is all
/// that tells whose it is: it is the actor's if something is in it and all of it is theirs.
/// </summary>
internal sealed class ClusterContents
{
    private const string OfService = "service:";

    private readonly ActionRun run;
    private readonly Claim claim;
    private readonly IReadOnlyDictionary<string, TaskDefinition> definitions;
    private readonly IReadOnlyList<(Service Service, Origin Origin)> services;
    private readonly IReadOnlyList<(EcsTask Task, Origin Origin)> tasks;
    private readonly IReadOnlyList<(ContainerInstance Instance, Origin Origin)> instances;

    /// <summary>Judges contents.</summary>
    public ClusterContents(
        ActionRun run, Claim claim, IReadOnlyList<Service> services, IReadOnlyList<EcsTask> tasks, IReadOnlyList<ContainerInstance> instances,
        IReadOnlyDictionary<string, TaskDefinition> definitions)
    {
        (this.run, this.claim, this.definitions) = (run, claim, definitions);
        this.services = [.. services.Select(service => (service, Of(service)))];
        this.tasks = [.. tasks.Select(task => (task, Of(task)))];
        this.instances = [.. instances.Select(instance => (instance, claim.OfTarget(Time.Of(instance.RegisteredAt), "registered")))];
    }

    /// <summary>The services that are the actor's.</summary>
    public IReadOnlyList<Service> Services => [.. services.Where(each => each.Origin is Origin.Theirs).Select(each => each.Service)];

    /// <summary>The tasks that are the actor's.</summary>
    public IReadOnlyList<EcsTask> Tasks => [.. tasks.Where(each => each.Origin is Origin.Theirs).Select(each => each.Task)];

    /// <summary>The container instances, where all of them are the actor's.</summary>
    public IReadOnlyList<ContainerInstance> Instances => [.. instances.Select(each => each.Instance)];

    /// <summary>Records what is held, and judges the cluster itself.</summary>
    public async Task<Origin> HoldAsync(CancellationToken cancellationToken)
    {
        foreach (var (service, origin) in services.Where(each => each.Origin is not Origin.Theirs))
            run.Hold(ClusterServices.Delete(service), $"service {service.ServiceName}", origin, "");
        foreach (var (task, origin) in tasks.Where(each => each.Origin is not Origin.Theirs && ServiceOf(each.Task) is null))
            run.Hold(ClusterTasks.Step(task.TaskArn), $"task {EcsPages.NameOf(task.TaskArn)}", origin, "");
        if (claim.Vouched || claim.Since is not { } since)
            return claim.OfTarget(null, "created");
        if (run.Steps.Any(step => step.Key.StartsWith("read/ecs:List", StringComparison.Ordinal) && step.Outcome is StepOutcome.Failed))
            return new Origin.Unproven("what is in it could not be read");
        var strangers = services.Where(each => each.Origin is not Origin.Theirs).Select(each => $"service {each.Service.ServiceName}, and {each.Origin.Evidence}")
            .Concat(tasks.Where(each => each.Origin is not Origin.Theirs).Select(each => $"task {EcsPages.NameOf(each.Task.TaskArn)}, and {each.Origin.Evidence}"))
            .Concat(instances.Where(each => each.Origin is not Origin.Theirs)
                .Select(each => $"container instance {EcsPages.NameOf(each.Instance.ContainerInstanceArn)}, and {each.Origin.Evidence}"))
            .ToList();
        if (strangers is [var first, ..])
            return new Origin.Earlier($"in it is {first}{(strangers.Count > 1 ? $"; and {strangers.Count - 1} others that are not the actor's" : "")}");
        // Nothing of anybody else's is in it. Nothing may have been in it before, either.
        var history = await ClusterHistory.OfAsync(run, since, cancellationToken);
        return history is Origin.Theirs && services.Count + tasks.Count + instances.Count > 0
            ? new Origin.Theirs($"all that is in it is the actor's, and {history.Evidence}")
            : history;
    }

    private Origin Of(Service service)
    {
        var byTime = claim.OfTarget(Time.Of(service.CreatedAt), "created");
        return byTime is Origin.Theirs && claim.Since is not null && !claim.Vouched ? claim.ByAuthor(service.CreatedBy, "created") : byTime;
    }

    private Origin Of(EcsTask task)
    {
        if (claim.Vouched || claim.Since is null)
            return claim.OfTarget(null, "created");
        var byTime = claim.OfTarget(Time.Of(task.CreatedAt ?? task.StartedAt), "started");
        if (byTime is not Origin.Theirs)
            return byTime;
        if (ServiceOf(task) is { } name)
        {
            return services.FirstOrDefault(each => each.Service.ServiceName == name) is (not null, { } origin)
                ? origin
                : run.Steps.Any(step => step.Key == $"service/{name}/delete" && step.Outcome.MayHaveChanged)
                    ? new Origin.Theirs($"it belongs to service {name}, which was the actor's")
                    : new Origin.Unproven($"it belongs to service {name}, which is not listed");
        }

        // startedBy is whatever the caller writes; the definition has its author.
        var definition = task.TaskDefinitionArn is { } arn ? definitions.GetValueOrDefault(EcsPages.NameOf(arn)) : null;
        return definition is null
            ? new Origin.Unproven("ECS does not tell who started it, and its task definition could not be read")
            : TaskDefinitions.OriginOf(definition, claim, []) is Origin.Theirs
                ? new Origin.Theirs("it runs a task definition that the actor registered")
                : new Origin.Unproven($"ECS does not tell who started it, and it runs {EcsPages.NameOf(definition.TaskDefinitionArn)}, which the actor did not register");
    }

    private static string? ServiceOf(EcsTask task) =>
        task.Group?.StartsWith(OfService, StringComparison.Ordinal) == true ? task.Group[OfService.Length..] : null;
}
