using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>The task definitions that a cluster's services and tasks use: what they ran, and what they could be started from again.</summary>
internal static class TaskDefinitions
{
    private const string Prefix = "task-definition/";

    // Amazon ECS API Reference, DeleteTaskDefinitions: up to 10 a call.
    private const int PerCall = 10;

    // A definition that was there long before the first task of this cluster belongs to someone else's work, whoever runs it here.
    private static readonly TimeSpan BeforeFirstUse = TimeSpan.FromDays(1);

    /// <summary>
    /// Reads the definitions in use, and notes them in the receipt: once services and tasks are gone, nothing else leads to them. Those noted
    /// by an earlier run that was cut short are taken up again.
    /// </summary>
    public static async Task<IReadOnlyList<TaskDefinition>> NoteAsync(
        ActionRun run, IReadOnlyList<Service> services, IReadOnlyList<Amazon.ECS.Model.Task> tasks, CancellationToken cancellationToken)
    {
        var used = services.SelectMany(Used).Concat(tasks.Select(task => task.TaskDefinitionArn)).Where(name => !string.IsNullOrEmpty(name));
        var uses = services.Select(service => service.CreatedAt).Concat(tasks.Select(task => task.CreatedAt ?? task.StartedAt)).OfType<DateTime>();
        // Without a use there is nothing new to judge, only what an earlier run judged.
        var longBefore = uses.DefaultIfEmpty(DateTime.MinValue + BeforeFirstUse).Min() - BeforeFirstUse;
        var theirs = new List<TaskDefinition>();
        foreach (var name in used.Select(EcsPages.NameOf).Concat(Unfinished(run)).Distinct(StringComparer.Ordinal))
        {
            if (await DescribeAsync(run, name, cancellationToken) is not { } definition)
                continue;
            if (definition.RegisteredAt < longBefore)
                run.Skip(Deregister(definition), $"{name} was there on {definition.RegisteredAt:yyyy-MM-dd}, long before it was used here.");
            else
                theirs.Add(definition);
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

    private static IEnumerable<string> Used(Service service) =>
    [
        service.TaskDefinition,
        .. (service.Deployments ?? []).Select(deployment => deployment.TaskDefinition),
        .. (service.TaskSets ?? []).Select(set => set.TaskDefinition),
    ];

    private static IEnumerable<string> Unfinished(ActionRun run) => run.Steps
        .Where(step => step.Call == "ecs:DeleteTaskDefinitions" && step.Outcome is not StepOutcome.Applied)
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
