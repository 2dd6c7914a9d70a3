using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>A task definition that asks for as much CPU as Fargate gives.</summary>
public sealed class LargeTaskDefinition : IConfiguredDetection
{
    private static readonly Attempt Weight = new(Success: 15, Failed: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.large-task-definition",
        Title = "Task definition with very many vCPUs",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ecs, "RegisterTaskDefinition", "RunTask", "StartTask")],
        Why = "Mining campaigns on Fargate ask for the largest task there is, 16 vCPUs and 32 GB.",
        BenignCauses = ["Batch jobs: video, simulation, data loads", "A large service on container instances"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        // Running a task may override what its definition says.
        var isRun = record.EventName is "RunTask" or "StartTask";
        var task = isRun ? record.Request["overrides"] : record.Request;
        var containers = task[isRun ? "containerOverrides" : "containerDefinitions"].Items;
        var units = containers.Select(container => CpuUnits.Read(container["cpu"])).Append(CpuUnits.Read(task["cpu"])).Max();
        if (units is null || units < settings.EcsTaskCpuUnits)
            return null;

        var name = record.Request[isRun ? "taskDefinition" : "family"].Text;
        var cores = string.Create(CultureInfo.InvariantCulture, $"{units / 1024} vCPUs");
        var finding = isRun
            ? Weight.Finding(record, "ran", "run", $"the task definition {Plain.Name(name)} with {cores}")
            : Weight.Finding(record, "registered", "register", $"the task definition {Plain.Name(name)} with {cores}");
        return finding?.With("taskDefinition", name)
            .With("cpu", units.Value.ToString(CultureInfo.InvariantCulture))
            .With("memory", task["memory"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("sixteen vCPUs as text", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"xq2kd9","cpu":"16384","memory":"32768","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{"name":"a","cpu":0}]}"""),
        DetectionExample.Match("sixteen vCPUs in words", EventSources.Ecs, "RegisterTaskDefinition", """{"family":"xq2kd9","cpu":"16 vCPU"}"""),
        DetectionExample.Match("one container with as many", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"xq2kd9","containerDefinitions":[{"name":"a","cpu":32768}]}"""),
        DetectionExample.Match("an override at the start", EventSources.Ecs, "RunTask",
            """{"cluster":"a","taskDefinition":"web:1","overrides":{"cpu":"16384","containerOverrides":[]}}"""),
        DetectionExample.Match("an override on a chosen instance", EventSources.Ecs, "StartTask",
            """{"cluster":"a","taskDefinition":"web:1","containerInstances":["i"],"overrides":{"containerOverrides":[{"name":"web","cpu":32768}]}}"""),
        DetectionExample.Ignore("a small task", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"web","cpu":"512","memory":"1024","containerDefinitions":[{"name":"web","cpu":256}]}"""),
        DetectionExample.Ignore("a task without limits", EventSources.Ecs, "RegisterTaskDefinition", """{"family":"web","containerDefinitions":[{"name":"web"}]}"""),
        DetectionExample.Ignore("a run without overrides", EventSources.Ecs, "RunTask", """{"cluster":"a","taskDefinition":"web:1"}"""),
    ];
}
