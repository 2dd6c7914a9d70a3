using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>Clusters, services, tasks and task definitions that were made; services that were given another size.</summary>
public sealed class EcsLineage : ILineageReader
{
    private static readonly string[] Counts =
        ["activeServicesCount", "runningTasksCount", "pendingTasksCount", "registeredContainerInstancesCount"];

    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
        [Selector.Writes("ecs.amazonaws.com", "CreateCluster", "CreateService", "UpdateService", "RunTask", "StartTask", "RegisterTaskDefinition")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => record.EventName switch
    {
        "CreateCluster" => Cluster(record, record.Response["cluster"]),
        "CreateService" => Service(record, record.Response["service"]),
        "UpdateService" => Sized(record, record.Altered(ResourceKind.EcsService, ServiceName(record, record.Request["service"].Text))),
        "RunTask" or "StartTask" => record.Response["tasks"].List.SelectMany(task => Task(record, task)),
        "RegisterTaskDefinition" => record.Created(ResourceKind.EcsTaskDefinition, record.Response["taskDefinition"]["taskDefinitionArn"].Text),
        _ => [],
    };

    // CreateCluster answers with the cluster that is there, if there is one of that name, and a cluster has no time of creation. One with something in it is
    // not new. Source: https://github.com/hashicorp/terraform-provider-aws/issues/38875
    private static IEnumerable<LineageEntry> Cluster(CloudTrailRecord record, Field answer)
    {
        var name = answer["clusterArn"].Text ?? answer["clusterName"].Text ?? record.Request["clusterName"].Text ?? "default";
        return Counts.Any(count => answer[count].Number is > 0)
            ? record.Mentioned(ResourceKind.EcsCluster, name)
            : record.Created(ResourceKind.EcsCluster, name);
    }

    // The same request again, or the same client token, answers with the service that is there (Amazon ECS API Reference, CreateService).
    private static IEnumerable<LineageEntry> Service(CloudTrailRecord record, Field answer)
    {
        var name = ServiceName(record, record.Request["serviceName"].Text);
        return Sized(
            record,
            record.IsEarlier(answer["createdAt"]) ? record.Mentioned(ResourceKind.EcsService, name) : record.Created(ResourceKind.EcsService, name));
    }

    private static IEnumerable<LineageEntry> Task(CloudTrailRecord record, Field task)
    {
        var name = Within(record, task["taskArn"].Text);
        return record.IsEarlier(task["createdAt"]) ? record.Mentioned(ResourceKind.EcsTask, name) : record.Created(ResourceKind.EcsTask, name);
    }

    private static IEnumerable<LineageEntry> Sized(CloudTrailRecord record, IEnumerable<LineageEntry> entries) =>
        entries.Select(entry => entry with { Size = LineageEntries.Size(record.Request["desiredCount"].Number) });

    private static string? ServiceName(CloudTrailRecord record, string? requested) =>
        Within(record, record.Response["service"]["serviceArn"].Text ?? requested);

    // ARNs in the old format, and bare names, do not say the cluster (ECS Developer Guide, "Amazon Resource Names (ARNs) and IDs").
    private static string? Within(CloudTrailRecord record, string? nameOrArn)
    {
        var name = Arn.TryParse(nameOrArn, out var arn) ? arn.Resource[(arn.Resource.IndexOf('/') + 1)..] : nameOrArn;
        return name is null || name.Contains('/') ? name : $"{Cluster(record.Request["cluster"].Text)}/{name}";
    }

    private static string Cluster(string? nameOrArn) => nameOrArn is null ? "default" : nameOrArn[(nameOrArn.LastIndexOf('/') + 1)..];
}
