using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>Tasks run and services sized, whatever they are: what they cost on Fargate is added up.</summary>
public sealed class TasksRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.tasks-running",
        Title = "ECS tasks run, at their price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ecs, "CreateService", "UpdateService", "RunTask", "RegisterTaskDefinition")],
        Why = "Six hundred tasks of sixteen vCPUs cost as much in sixty calls as in one. It weighs nothing by itself.",
        BenignCauses = ["Everybody who runs containers"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!record.Outcome.TookEffect || Delegation.IsByService(record))
            return null;
        return record.EventName == "RegisterTaskDefinition" ? Defined(record) : Run(record);
    }

    private static Finding? Defined(CloudTrailRecord record)
    {
        if (record.Request["family"].Text is not { } family || CpuUnits.Read(record.Request["cpu"]) is not { } units)
            return null;
        var answer = record.Response["taskDefinition"];
        var revision = answer["revision"].Number is { } number ? $"{family}:{number.ToString(CultureInfo.InvariantCulture)}" : null;
        return new Finding(0, $"registered the task definition {Plain.Name(family)}")
        {
            Cost = new Cost(0)
            {
                UnitUsdPerHour = Prices.Task(Math.Clamp(units, 0, 1_000_000), record.Request["memory"].Number),
                Defines = [.. new[] { family, revision, answer["taskDefinitionArn"].Text }.OfType<string>()],
            },
        };
    }

    private static Finding? Run(CloudTrailRecord record)
    {
        var count = Math.Clamp((record.EventName == "RunTask" ? record.Request["count"].Number ?? 1 : record.Request["desiredCount"].Number) ?? 0, 0, 1_000_000);
        if (count == 0)
            return null;
        var overridden = CpuUnits.Read(record.Request["overrides"]["cpu"]);
        var cost = overridden is { } units
            ? new Cost(count * Prices.Task(Math.Clamp(units, 0, 1_000_000), record.Request["overrides"]["memory"].Number))
            : new Cost(0) { Uses = record.Request["taskDefinition"].Text ?? record.Response["service"]["taskDefinition"].Text ?? "task", Units = count, IsEstimated = true };
        if (record.EventName != "RunTask")
            cost = cost with { Sets = Amounts.Thing(record, "service", ServiceOf(record)) };
        return new Finding(0, string.Create(CultureInfo.InvariantCulture, $"asked for {count} tasks of {Plain.Name(record.Request["taskDefinition"].Text)}")) { Cost = cost };
    }

    // A caller may name a service and its cluster by names or ARNs; the answer has the ARN.
    private static string ServiceOf(CloudTrailRecord record) => record.Response["service"]["serviceArn"].Text
        ?? $"{Short(record.Request["cluster"].Text ?? "default")}/{Short(record.Request["service"].Text ?? record.Request["serviceName"].Text)}";

    private static string? Short(string? name) => name?[(name.LastIndexOf('/') + 1)..];

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a task", EventSources.Ecs, "RunTask", """{"taskDefinition":"web:7","count":1}"""),
        DetectionExample.Match("a service", EventSources.Ecs, "CreateService", """{"serviceName":"web","desiredCount":2,"taskDefinition":"web:7"}"""),
        DetectionExample.Match("a task definition, which tells the price of its tasks", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"web","cpu":"16384","memory":"32768"}"""),
        DetectionExample.Match("a service set to a size", EventSources.Ecs, "UpdateService", """{"service":"web","desiredCount":4}"""),
        DetectionExample.Ignore("a service set to nothing", EventSources.Ecs, "UpdateService", """{"service":"web","desiredCount":0}"""),
        DetectionExample.Ignore("a task definition for machines of one's own", EventSources.Ecs, "RegisterTaskDefinition", """{"family":"web"}"""),
        DetectionExample.Ignore("a refused call", EventSources.Ecs, "RunTask", """{"taskDefinition":"web:7","count":1}""", "AccessDeniedException"),
    ];
}
