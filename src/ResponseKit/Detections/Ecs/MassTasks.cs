using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>Many ECS tasks asked for in one call.</summary>
public sealed class MassTasks : IConfiguredDetection
{
    private const int StartWeight = 15;
    private const int ScaleWeight = 10;
    private const int VeryManyWeight = 10;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.mass-tasks",
        Title = "Many ECS tasks started at once",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ecs, "CreateService", "CreateExpressGatewayService", "UpdateService", "RunTask")],
        Why = "A service keeps its tasks running whatever is stopped; miners ask for ten or twenty-five in every cluster they made.",
        BenignCauses = ["A deployment of a large service", "Scaling for a known peak", "A batch job that runs many tasks"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var count = record.EventName switch
        {
            "RunTask" => record.Request["count"].Number,
            // At least so many run; the maximum is only what load may bring about.
            "CreateExpressGatewayService" => record.Request["scalingTarget"]["minTaskCount"].Number,
            _ => record.Request["desiredCount"].Number,
        } ?? 0;
        if (count < Math.Max(settings.EcsTaskCount, 1))
            return null;

        var weight = (record.EventName == "UpdateService" ? ScaleWeight : StartWeight) + (count >= 5L * settings.EcsTaskCount ? VeryManyWeight : 0);
        var cluster = record.Request["cluster"].Text ?? "default";
        var (did, todo, of) = record.EventName switch
        {
            "CreateExpressGatewayService" => ("created", "create", $"the ECS express service {Plain.Name(record.Request["serviceName"].Text)} of"),
            "CreateService" => ("created", "create", $"the ECS service {Plain.Name(record.Request["serviceName"].Text)} of"),
            "UpdateService" => ("set", "set", $"the ECS service {Plain.Name(record.Request["service"].Text)} to"),
            _ => ("started", "start", $"the task definition {Plain.Name(record.Request["taskDefinition"].Text)} as"),
        };
        var what = string.Create(CultureInfo.InvariantCulture, $"{of} {count} tasks in the cluster {Plain.Name(cluster)}");
        return new Attempt(weight, Failed: weight / 4).Finding(record, did, todo, what)
            ?.With("cluster", cluster)
            .With("taskDefinition", record.Request["taskDefinition"].Text)
            .With("count", count.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a service of ten", EventSources.Ecs, "CreateService",
            """{"cluster":"xq2kd9","serviceName":"xq2kd9-service","desiredCount":10,"taskDefinition":"xq2kd9","launchType":"FARGATE"}"""),
        DetectionExample.Match("a service scaled to a hundred", EventSources.Ecs, "UpdateService",
            """{"cluster":"prod","service":"web","desiredCount":100}"""),
        DetectionExample.Match("ten tasks without a service, in the default cluster", EventSources.Ecs, "RunTask",
            """{"taskDefinition":"xq2kd9:1","count":10}"""),
        DetectionExample.Match("an express service of at least twenty", EventSources.Ecs, "CreateExpressGatewayService",
            """{"serviceName":"w","primaryContainer":{"image":"w"},"scalingTarget":{"minTaskCount":20,"maxTaskCount":40}}"""),
        DetectionExample.Match("a service that ran into a limit", EventSources.Ecs, "CreateService",
            """{"cluster":"xq2kd9","serviceName":"s","desiredCount":500}""", "InvalidParameterException"),
        DetectionExample.Ignore("a service of two", EventSources.Ecs, "CreateService", """{"cluster":"prod","serviceName":"web","desiredCount":2}"""),
        DetectionExample.Ignore("a deployment that leaves the size", EventSources.Ecs, "UpdateService",
            """{"cluster":"prod","service":"web","taskDefinition":"web:7"}"""),
        DetectionExample.Ignore("an express service that may grow", EventSources.Ecs, "CreateExpressGatewayService",
            """{"serviceName":"web","primaryContainer":{"image":"w"},"scalingTarget":{"minTaskCount":1,"maxTaskCount":20}}"""),
        DetectionExample.Ignore("one task", EventSources.Ecs, "RunTask", """{"cluster":"prod","taskDefinition":"migrate:3"}"""),
    ];
}
