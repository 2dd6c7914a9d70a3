using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Backup;

/// <summary>Backups of AWS Backup deleted, their vault with them, or the lock taken off a vault.</summary>
public sealed class BackupsDeleted : IDetection
{
    private static readonly Attempt Point = new(Success: 3, Denied: 1);
    private static readonly Attempt Whole = new(Success: 8, Denied: 2);
    private static readonly Attempt Lock = new(Success: 25, Denied: 8);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "backup.backups-deleted",
        Title = "Backups, vault or vault lock deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.InhibitRecovery],
        Selectors =
        [
            Selector.Writes(EventSources.Backup, "DeleteRecoveryPoint", "DeleteBackupVault", "DeleteBackupVaultLockConfiguration", "DeleteBackupPlan"),
        ],
        Why = "What is to be held to ransom must not be restorable. The lock of a vault is what keeps backups from being deleted.",
        BenignCauses = ["Old backups removed by hand", "A test environment taken down with its plan and its vault"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var vault = record.Request["backupVaultName"].Text;
        var finding = record.EventName switch
        {
            "DeleteRecoveryPoint" => Point.Finding(record, "deleted", "delete", $"the backup {Plain.Name(record.Request["recoveryPointArn"].Text)}"),
            "DeleteBackupVault" => Whole.Finding(record, "deleted", "delete", $"the backup vault {Plain.Name(vault)}"),
            "DeleteBackupPlan" => Whole.Finding(record, "deleted", "delete", $"the backup plan {Plain.Name(record.Request["backupPlanId"].Text)}"),
            _ => Lock.Finding(record, "took", "take", $"the lock off the backup vault {Plain.Name(vault)}")?.Doing(record, DamageKind.Destruction),
        };
        return finding?.With("backupVaultName", vault).With("recoveryPointArn", record.Request["recoveryPointArn"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a backup", EventSources.Backup, "DeleteRecoveryPoint",
            """{"backupVaultName":"main","recoveryPointArn":"arn:aws:backup:us-east-1:111122223333:recovery-point:0a1b"}"""),
        DetectionExample.Match("a vault", EventSources.Backup, "DeleteBackupVault", """{"backupVaultName":"main"}"""),
        DetectionExample.Match("a plan", EventSources.Backup, "DeleteBackupPlan", """{"backupPlanId":"0a1b"}"""),
        DetectionExample.Match("the lock of a vault", EventSources.Backup, "DeleteBackupVaultLockConfiguration",
            """{"backupVaultName":"main"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Backup, "DeleteBackupVault", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a vault that is not empty", EventSources.Backup, "DeleteBackupVault", """{"backupVaultName":"main"}""", "InvalidRequestException"),
    ];
}
