using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Rds;

/// <summary>
/// A database deleted with nothing left to restore it from. A member of a cluster leaves the cluster's data where it is, and with a final
/// snapshot nothing is lost.
/// </summary>
public sealed class DatabaseDeleted : IDetection
{
    private static readonly Attempt Weight = new(Success: 10, Denied: 3);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "rds.database-deleted",
        Title = "Database deleted without a final snapshot",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DataDestruction],
        Selectors = [Selector.Writes(EventSources.Rds, "DeleteDBInstance", "DeleteDBCluster")],
        Why = "Extortionists take a copy and delete the original. Without a final snapshot, and with its automated backups gone, only a "
            + "backup elsewhere helps.",
        BenignCauses = ["A test environment taken down by infrastructure as code", "A replica or a restored copy that has served"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Request["skipFinalSnapshot"].Flag is not true || record.Response["dBClusterIdentifier"].Text is { Length: > 0 } && record.EventName == "DeleteDBInstance"
            || record.Response["readReplicaSourceDBInstanceIdentifier"].Text is { Length: > 0 } || record.Request["deleteAutomatedBackups"].Flag is false)
        {
            return null;
        }

        var name = record.Request["dBInstanceIdentifier"].Text ?? record.Request["dBClusterIdentifier"].Text;
        return Weight.Finding(record, "deleted", "delete", $"the database {Plain.Name(name)} without a final snapshot")?.With("database", name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a database", EventSources.Rds, "DeleteDBInstance",
            """{"dBInstanceIdentifier":"orders","skipFinalSnapshot":true,"deleteAutomatedBackups":true}"""),
        DetectionExample.Match("a cluster", EventSources.Rds, "DeleteDBCluster",
            """{"dBClusterIdentifier":"orders","skipFinalSnapshot":true}"""),
        DetectionExample.Match("a refused attempt", EventSources.Rds, "DeleteDBInstance",
            """{"dBInstanceIdentifier":"orders","skipFinalSnapshot":true}""", "AccessDenied"),
        DetectionExample.Ignore("a database with a final snapshot", EventSources.Rds, "DeleteDBInstance",
            """{"dBInstanceIdentifier":"orders","skipFinalSnapshot":false,"finalDBSnapshotIdentifier":"orders-final"}"""),
        DetectionExample.Ignore("a database whose automated backups stay", EventSources.Rds, "DeleteDBInstance",
            """{"dBInstanceIdentifier":"orders","skipFinalSnapshot":true,"deleteAutomatedBackups":false}"""),
        DetectionExample.Ignore("a member of a cluster", EventSources.Rds, "DeleteDBInstance",
            """{"dBInstanceIdentifier":"orders-2","skipFinalSnapshot":true}""") with
        {
            Response = """{"dBInstanceIdentifier":"orders-2","dBClusterIdentifier":"orders"}""",
        },
    ];
}
