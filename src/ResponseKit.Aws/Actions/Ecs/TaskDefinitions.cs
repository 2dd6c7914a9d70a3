using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Execution;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>The task definitions that a cluster's services and tasks use: what they ran, and what they could be started from again.</summary>
internal static class TaskDefinitions
{
    private const string Prefix = "task-definition/";

    // Amazon ECS API Reference, DeleteTaskDefinitions: up to 10 a call.
    private const int PerCall = 10;

    /// <summary>Reads the definitions in use, and those noted by an earlier run that was cut short, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, TaskDefinition>> ReadAsync(
        ActionRun run, IReadOnlyList<Service> services, IReadOnlyList<Amazon.ECS.Model.Task> tasks, CancellationToken cancellationToken)
    {
        var used = services.SelectMany(Used).Concat(tasks.Select(task => task.TaskDefinitionArn)).Where(name => !string.IsNullOrEmpty(name));
        var found = new Dictionary<string, TaskDefinition>(StringComparer.Ordinal);
        foreach (var name in used.Select(EcsPages.NameOf).Concat(Unfinished(run)).Distinct(StringComparer.Ordinal))
        {
            if (await DescribeAsync(run, name, cancellationToken) is { } definition)
                found[name] = definition;
        }

        return found;
    }

    /// <summary>
    /// Says whether the actor registered a definition. Whoever may run tasks can run anybody's definition: use proves nothing, and a service of production's may
    /// need it to be deployed again. Where a person named the cluster, those who created services in it stand for the actor.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="claim">What the request says.</param>
    /// <param name="services">The services in the cluster.</param>
    public static Origin OriginOf(TaskDefinition definition, Claim claim, IEnumerable<Service> services)
    {
        if (claim.Vouched)
            return Claim.Word;
        if (claim.Begins is not { } begins)
            return (claim with { By = [.. services.Select(service => service.CreatedBy).OfType<string>()] }).ByAuthor(definition.RegisteredBy, "registered");
        var byTime = Authorship.ByTime(Time.Of(definition.RegisteredAt), begins, "registered");
        return byTime is Origin.Theirs ? claim.ByAuthor(definition.RegisteredBy, "registered") : byTime;
    }

    /// <summary>
    /// Notes the actor's definitions in the receipt: once services and tasks are gone, nothing else leads to them. Says which are left, and why.
    /// </summary>
    public static async Task<IReadOnlyList<TaskDefinition>> NoteAsync(
        ActionRun run, Claim claim, IReadOnlyList<Service> services, IReadOnlyDictionary<string, TaskDefinition> definitions,
        CancellationToken cancellationToken)
    {
        // An earlier run that a person asked for judged by services that are gone now.
        var noted = claim.Begins is null ? Unfinished(run).ToHashSet(StringComparer.Ordinal) : [];
        var theirs = new List<TaskDefinition>();
        foreach (var (name, definition) in definitions)
        {
            if (noted.Contains(name) || OriginOf(definition, claim, services) is Origin.Theirs)
                theirs.Add(definition);
            else
                Leave(run, definition, OriginOf(definition, claim, services));
        }

        await run.AnnounceAsync(theirs.SelectMany(definition => (Step[])[Deregister(definition), Delete(definition)]), cancellationToken);
        return theirs;
    }

    /// <summary>Deregisters and deletes definitions.</summary>
    public static async Task DeleteAsync(ActionRun run, IReadOnlyList<TaskDefinition> definitions, CancellationToken cancellationToken)
    {
        // One after the other: this bucket is refilled by one a second (ECS API Reference, "Request throttling").
        foreach (var definition in definitions)
        {
            if (definition.Status == TaskDefinitionStatus.ACTIVE)
                await run.StepAsync(
                    Deregister(definition),
                    token => EcsPages.Client(run).DeregisterTaskDefinitionAsync(new() { TaskDefinition = definition.TaskDefinitionArn }, token),
                    cancellationToken);
            else
                run.AlreadyInPlace(Deregister(definition));
        }

        var delete = new BatchCall<DeleteTaskDefinitionsResponse>(run, PerCall, (arns, token) => DeleteOnceAsync(run, arns, token));
        var items = definitions.Select(definition => new BatchItem(definition.TaskDefinitionArn, Delete(definition)));
        await delete.RunAsync([.. items], cancellationToken);
    }

    // The call succeeds even if none of the definitions is deleted. What it says of each is made an error, as other calls make it.
    private static async Task<DeleteTaskDefinitionsResponse> DeleteOnceAsync(
        ActionRun run, IReadOnlyList<string> arns, CancellationToken cancellationToken)
    {
        var answer = await EcsPages.Client(run).DeleteTaskDefinitionsAsync(new() { TaskDefinitions = [.. arns] }, cancellationToken);
        if (answer.Failures is not [var failure, ..])
            return answer;
        var message = failure.Detail ?? $"{failure.Arn} was not deleted";
        throw new AmazonECSException(message, ErrorType.Sender, failure.Reason ?? "Failure", answer.ResponseMetadata?.RequestId, answer.HttpStatusCode);
    }

    // Null when there is no such definition, when it is being deleted, or when it could not be read.
    private static async Task<TaskDefinition?> DescribeAsync(ActionRun run, string name, CancellationToken cancellationToken)
    {
        var found = await EcsPages.ReadAsync(run, "DescribeTaskDefinition", $"task definition {name}", ReadAsync, cancellationToken);
        return found is [{ } definition] && definition.Status != TaskDefinitionStatus.DELETE_IN_PROGRESS ? definition : null;

        async Task<IReadOnlyList<TaskDefinition>> ReadAsync(CancellationToken token)
        {
            try
            {
                return [(await EcsPages.Client(run).DescribeTaskDefinitionAsync(new() { TaskDefinition = name }, token)).TaskDefinition];
            }
            catch (AmazonECSException error) when (error.ErrorCode == "ClientException")
            {
                // This is how ECS says that there is none.
                return [];
            }
        }
    }

    // A borrowed definition is somebody else's and nothing to look at; of one that cannot be told, a person has to decide.
    private static void Leave(ActionRun run, TaskDefinition definition, Origin origin)
    {
        var name = EcsPages.NameOf(definition.TaskDefinitionArn);
        if (origin is Origin.Earlier)
            run.Skip(Deregister(definition), $"Task definition {name} is not the actor's, though it was used here: {origin.Evidence}.");
        else
            run.Hold(
                Deregister(definition), $"task definition {name}", origin,
                $"If it is the actor's: aws ecs deregister-task-definition --task-definition {name}");
    }

    private static IEnumerable<string> Used(Service service) =>
    [
        service.TaskDefinition,
        .. (service.Deployments ?? []).Select(deployment => deployment.TaskDefinition),
        .. (service.TaskSets ?? []).Select(set => set.TaskDefinition),
    ];

    private static IEnumerable<string> Unfinished(ActionRun run) => run.Steps
        .Where(step => step.Call == "ecs:DeleteTaskDefinitions" && step.Outcome is not (StepOutcome.Applied or StepOutcome.Skipped or StepOutcome.NeedsApproval))
        .Select(step => step.Resource);

    private static Step Deregister(TaskDefinition definition)
    {
        var name = EcsPages.NameOf(definition.TaskDefinitionArn);
        return new($"{Prefix}{name}/deregister", "ecs:DeregisterTaskDefinition", name, $"Deregister task definition {name}")
        {
            Before = TaskDefinitionEvidence.Of(definition),
        };
    }

    private static Step Delete(TaskDefinition definition)
    {
        var name = EcsPages.NameOf(definition.TaskDefinitionArn);
        return new($"{Prefix}{name}/delete", "ecs:DeleteTaskDefinitions", name, $"Delete task definition {name}");
    }
}
