using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>Clusters, services, tasks and task definitions that were made; services that were given another size.</summary>
public sealed class EcsLineage : ILineageReader
{
    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } =
        [Selector.Writes("ecs.amazonaws.com", "CreateCluster", "CreateService", "UpdateService", "RunTask", "StartTask", "RegisterTaskDefinition")];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record) => record.EventName switch
    {
        "CreateCluster" => record.Created(ResourceKind.EcsCluster, record.Request["clusterName"].Text ?? "default"),
        "CreateService" => record.Created(ResourceKind.EcsService, Service(record, record.Request["serviceName"].Text)),
        "UpdateService" => record.Altered(ResourceKind.EcsService, Service(record, record.Request["service"].Text)),
        "RunTask" or "StartTask" => record.Response["tasks"].List
            .SelectMany(task => record.Created(ResourceKind.EcsTask, Within(record, task["taskArn"].Text))),
        "RegisterTaskDefinition" => record.Created(ResourceKind.EcsTaskDefinition, record.Response["taskDefinition"]["taskDefinitionArn"].Text),
        _ => [],
    };

    private static string? Service(CloudTrailRecord record, string? requested) =>
        Within(record, record.Response["service"]["serviceArn"].Text ?? requested);

    // ARNs in the old format, and bare names, do not say the cluster (ECS Developer Guide, "Amazon Resource Names (ARNs) and IDs").
    private static string? Within(CloudTrailRecord record, string? nameOrArn)
    {
        var name = Arn.TryParse(nameOrArn, out var arn) ? arn.Resource[(arn.Resource.IndexOf('/') + 1)..] : nameOrArn;
        return name is null || name.Contains('/') ? name : $"{Cluster(record.Request["cluster"].Text)}/{name}";
    }

    private static string Cluster(string? nameOrArn) => nameOrArn is null ? "default" : nameOrArn[(nameOrArn.LastIndexOf('/') + 1)..];
}
