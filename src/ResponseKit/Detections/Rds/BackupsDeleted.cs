using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Rds;

/// <summary>Backups of databases deleted, or no longer made.</summary>
public sealed class BackupsDeleted : IDetection
{
    private static readonly Attempt Snapshot = new(Success: 2, Denied: 1);
    private static readonly Attempt Automated = new(Success: 8, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "rds.backups-deleted",
        Title = "Database backups deleted or switched off",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.InhibitRecovery],
        Selectors =
        [
            Selector.Writes(EventSources.Rds, "DeleteDBSnapshot", "DeleteDBClusterSnapshot", "DeleteDBInstanceAutomatedBackup", "DeleteDBClusterAutomatedBackup", "ModifyDBInstance"),
        ],
        Why = "What is to be held to ransom must not be restorable: backups go first.",
        BenignCauses = ["Old snapshots removed by a job", "Backups of a test database switched off for their price"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var snapshot = request["dBSnapshotIdentifier"].Text ?? request["dBClusterSnapshotIdentifier"].Text;
        var source = request["dBInstanceIdentifier"].Text ?? request["dbiResourceId"].Text ?? request["dbClusterResourceId"].Text;
        var finding = record.EventName switch
        {
            "ModifyDBInstance" when request["backupRetentionPeriod"].Number is 0 =>
                Automated.Finding(record, "switched", "switch", $"off the automated backups of the database {Plain.Name(source)}"),
            "ModifyDBInstance" => null,
            "DeleteDBSnapshot" or "DeleteDBClusterSnapshot" => Snapshot.Finding(record, "deleted", "delete", $"the database snapshot {Plain.Name(snapshot)}"),
            _ => Automated.Finding(record, "deleted", "delete", $"the automated backups of the database {Plain.Name(source ?? request["dBInstanceAutomatedBackupsArn"].Text)}"),
        };
        return finding?.With("snapshot", snapshot).With("database", source);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a snapshot", EventSources.Rds, "DeleteDBSnapshot", """{"dBSnapshotIdentifier":"orders-2025-11-01"}"""),
        DetectionExample.Match("a cluster's snapshot", EventSources.Rds, "DeleteDBClusterSnapshot",
            """{"dBClusterSnapshotIdentifier":"orders-2025-11-01"}"""),
        DetectionExample.Match("automated backups", EventSources.Rds, "DeleteDBInstanceAutomatedBackup", """{"dbiResourceId":"db-0A1B"}"""),
        DetectionExample.Match("a cluster's automated backups", EventSources.Rds, "DeleteDBClusterAutomatedBackup",
            """{"dbClusterResourceId":"cluster-0A1B"}"""),
        DetectionExample.Match("backups no longer made", EventSources.Rds, "ModifyDBInstance",
            """{"dBInstanceIdentifier":"orders","backupRetentionPeriod":0}"""),
        DetectionExample.Ignore("another size", EventSources.Rds, "ModifyDBInstance",
            """{"dBInstanceIdentifier":"orders","dBInstanceClass":"db.m6g.large"}"""),
        DetectionExample.Ignore("a snapshot that is gone", EventSources.Rds, "DeleteDBSnapshot", """{"dBSnapshotIdentifier":"x"}""", "DBSnapshotNotFound"),
    ];
}
