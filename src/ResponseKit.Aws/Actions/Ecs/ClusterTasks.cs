using System.Text.Json.Nodes;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;
using EcsTask = Amazon.ECS.Model.Task;

namespace ResponseKit.Aws.Actions.Ecs;

/// <summary>The running tasks of a cluster, those of services and those started singly.</summary>
internal static class ClusterTasks
{
    // Calls at once; the bucket holds 100 and is refilled by 40 a second (ECS API Reference, "Request throttling").
    private const int AtOnce = 8;

    // Tasks of one definition are alike; two show what ran. Fargate keeps no disk: the image's digest is what is left of it.
    private const int SamplesPerDefinition = 2;

    /// <summary>Stops tasks.</summary>
    public static async Task StopAsync(ActionRun run, IReadOnlyList<EcsTask> tasks, CancellationToken cancellationToken)
    {
        var samples = tasks.GroupBy(task => task.TaskDefinitionArn, StringComparer.Ordinal)
            .SelectMany(alike => alike.Take(SamplesPerDefinition)).Select(task => task.TaskArn).ToHashSet(StringComparer.Ordinal);
        Step StepOf(EcsTask task) => Step(task.TaskArn) with { Before = samples.Contains(task.TaskArn) ? Describe(task) : null };
        await run.AnnounceAsync(tasks.Select(StepOf), cancellationToken);
        await ActionRun.ForEachAsync(tasks, AtOnce, (task, token) => StopAsync(run, StepOf(task), task.TaskArn, token), cancellationToken);
    }

    /// <summary>Stops what has started since the cluster was read.</summary>
    public static async Task StopNewAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var known = run.Steps.Select(step => step.Key).ToHashSet(StringComparer.Ordinal);
        var news = (await EcsPages.TaskArnsAsync(run, cancellationToken)).Where(arn => !known.Contains(Step(arn).Key)).ToList();
        await ActionRun.ForEachAsync(news, AtOnce, (arn, token) => StopAsync(run, Step(arn), arn, token), cancellationToken);
    }

    private static Task StopAsync(ActionRun run, Step step, string arn, CancellationToken cancellationToken) =>
        run.StepAsync(
            step,
            token => EcsPages.Client(run).StopTaskAsync(new() { Cluster = run.Target.Name, Task = arn, Reason = "Stopped by ResponseKit" }, token),
            cancellationToken);

    /// <summary>The step.</summary>
    public static Step Step(string arn)
    {
        var id = EcsPages.NameOf(arn);
        // Cluster, task and reason are all there is to be invalid, and two of them are known to be good: the task has gone.
        return new($"task/{id}", "ecs:StopTask", id, $"Stop task {id}") { MeansInPlace = ["InvalidParameterException"] };
    }

    private static JsonObject Describe(EcsTask task) => new()
    {
        ["taskDefinition"] = task.TaskDefinitionArn,
        ["group"] = task.Group,
        ["startedBy"] = task.StartedBy,
        ["started"] = task.StartedAt,
        ["launchType"] = task.LaunchType?.Value,
        ["cpu"] = task.Cpu,
        ["memory"] = task.Memory,
        ["containerInstance"] = task.ContainerInstanceArn,
        ["containers"] = new JsonArray(
        [
            .. (task.Containers ?? []).Select(container => new JsonObject
            {
                ["name"] = container.Name,
                ["image"] = container.Image,
                ["digest"] = container.ImageDigest,
                ["address"] = (container.NetworkInterfaces ?? []).FirstOrDefault()?.PrivateIpv4Address,
            }),
        ]),
    };
}
