using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Data that was shared, exported, locked away or deleted, and what was to save it.</summary>
public sealed class DataChanges : IChangeRules
{
    private const string S3 = EventSources.S3;
    private const string Rds = EventSources.Rds;

    private static readonly ChangeValue Bucket = Value("bucket", "request.bucketName");
    private static readonly ChangeValue Key = Value("key", "request.keyId");

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Altered(S3, "policy of a bucket", "PutBucketPolicy") with
        {
            Label = "{bucket}",
            Values = [Bucket],
            Commands =
            [
                "aws s3api get-bucket-policy --bucket {bucket}", "aws s3api put-bucket-policy --bucket {bucket} --policy file://policy-before.json",
            ],
            Needs = ["s3:GetBucketPolicy", "s3:PutBucketPolicy"],
            Note = "An earlier PutBucketPolicy record or AWS Config has what stood there; with nothing before, aws s3api delete-bucket-policy. A policy that locks everybody out "
                + "only the root user can take off.",
            Example = ("""{"bucketName":"orders"}""", "{}"),
        },
        Altered(S3, "encryption of a bucket", "PutBucketEncryption") with
        {
            Label = "{bucket}",
            Values = [Bucket],
            Commands =
            [
                "aws s3api get-bucket-encryption --bucket {bucket}", "aws s3api delete-bucket-encryption --bucket {bucket}",
            ],
            Needs = ["s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration"],
            Note = "That goes back to S3's own keys; if it had a key of yours before, put that one. Objects that were written meanwhile can be read only with the key they were "
                + "written with: copy them while it works.",
            Example = ("""{"bucketName":"orders"}""", "{}"),
        },
        Altered(S3, "life cycle of a bucket", "PutBucketLifecycle", "PutBucketLifecycleConfiguration") with
        {
            Label = "{bucket}",
            Values = [Bucket],
            Commands =
            [
                "aws s3api get-bucket-lifecycle-configuration --bucket {bucket}", "aws s3api delete-bucket-lifecycle --bucket {bucket}",
            ],
            Needs = ["s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration"],
            Note = "Do it today: the rules delete within a day. Then put back the rules that it had.",
            Example = ("""{"bucketName":"trail"}""", "{}"),
        },
        Altered(S3, "versioning of a bucket", "PutBucketVersioning") with
        {
            Label = "{bucket}",
            Values = [Bucket],
            Commands = ["aws s3api put-bucket-versioning --bucket {bucket} --versioning-configuration Status=Enabled"],
            Needs = ["s3:PutBucketVersioning"],
            Example = ("""{"bucketName":"orders","VersioningConfiguration":{"Status":"Suspended"}}""", "{}"),
        },
        Removed(S3, "bucket", "DeleteBucket") with
        {
            Label = "{bucket}",
            Values = [Bucket],
            Commands = ["aws s3api create-bucket --bucket {bucket}"],
            Needs = ["s3:CreateBucket"],
            Note = "Take the name back at once, before a stranger does and receives what programs still write there. Outside us-east-1 add --create-bucket-configuration.",
            Example = ("""{"bucketName":"orders"}""", "{}"),
        },
        Opened(Rds, "snapshot of a database", "ModifyDBSnapshotAttribute") with
        {
            Label = "{snapshot} to {reader}",
            Values = [Value("snapshot", "request.dBSnapshotIdentifier"), Value("reader", "request.valuesToAdd[]")],
            When = record => record.Request["valuesToAdd"].IsPresent,
            Commands =
            [
                "aws rds modify-db-snapshot-attribute --db-snapshot-identifier {snapshot} --attribute-name restore --values-to-remove {reader}",
            ],
            Needs = ["rds:ModifyDBSnapshotAttribute"],
            Note = "What was copied meanwhile stays with whoever copied it: treat it as known to them.",
            Example = ("""{"dBSnapshotIdentifier":"customers","attributeName":"restore","valuesToAdd":["444455556666"]}""", "{}"),
        },
        Opened(Rds, "snapshot of a database cluster", "ModifyDBClusterSnapshotAttribute") with
        {
            Label = "{snapshot} to {reader}",
            Values = [Value("snapshot", "request.dBClusterSnapshotIdentifier"), Value("reader", "request.valuesToAdd[]")],
            When = record => record.Request["valuesToAdd"].IsPresent,
            Commands =
            [
                "aws rds modify-db-cluster-snapshot-attribute --db-cluster-snapshot-identifier {snapshot} --attribute-name restore --values-to-remove {reader}",
            ],
            Needs = ["rds:ModifyDBClusterSnapshotAttribute"],
            Note = "What was copied meanwhile stays with whoever copied it: treat it as known to them.",
            Example = ("""{"dBClusterSnapshotIdentifier":"customers","attributeName":"restore","valuesToAdd":["all"]}""", "{}"),
        },
        Made(Rds, "export of a snapshot", "StartExportTask") with
        {
            Label = "{task}",
            Values = [Value("task", "request.exportTaskIdentifier", "response.exportTaskIdentifier")],
            Commands = ["aws rds cancel-export-task --export-task-identifier {task}"],
            Needs = ["rds:CancelExportTask"],
            Note = "What was written already lies in the bucket that the record names: delete it there, and find out who reads that bucket.",
            Example = ("""{"exportTaskIdentifier":"x","s3BucketName":"lake"}""", "{}"),
        },
        Removed(Rds, "database", "DeleteDBInstance") with
        {
            Label = "{database}",
            Values = [Value("database", "request.dBInstanceIdentifier")],
            Commands =
            [
                "aws rds describe-db-snapshots --db-instance-identifier {database}",
                "aws rds describe-db-instance-automated-backups --db-instance-identifier {database}",
                "aws rds restore-db-instance-from-db-snapshot --db-instance-identifier {database} --db-snapshot-identifier {snapshot-new}",
            ],
            Needs = ["rds:DescribeDBSnapshots", "rds:DescribeDBInstanceAutomatedBackups", "rds:RestoreDBInstanceFromDBSnapshot"],
            Example = ("""{"dBInstanceIdentifier":"orders","skipFinalSnapshot":true}""", "{}"),
        },
        Removed(Rds, "database cluster", "DeleteDBCluster") with
        {
            Label = "{database}",
            Values = [Value("database", "request.dBClusterIdentifier")],
            Commands =
            [
                "aws rds describe-db-cluster-snapshots --db-cluster-identifier {database}",
                "aws rds restore-db-cluster-from-snapshot --db-cluster-identifier {database} --snapshot-identifier {snapshot-new} --engine {engine-before}",
            ],
            Needs = ["rds:DescribeDBClusterSnapshots", "rds:RestoreDBClusterFromSnapshot"],
            Example = ("""{"dBClusterIdentifier":"orders","skipFinalSnapshot":true}""", "{}"),
        },
        Removed(
            Rds, "backup of a database", "DeleteDBSnapshot", "DeleteDBClusterSnapshot", "DeleteDBInstanceAutomatedBackup", "DeleteDBClusterAutomatedBackup") with
        {
            Commands = ["aws rds describe-db-snapshots", "aws rds describe-db-cluster-snapshots"],
            Needs = ["rds:DescribeDBSnapshots", "rds:DescribeDBClusterSnapshots"],
            Note = "It is gone. See what is left, take a snapshot now, and look for copies in AWS Backup and in other accounts.",
            Example = ("""{"dBSnapshotIdentifier":"orders-2025-11-01"}""", "{}"),
        },
        Altered(Rds, "backups of a database", "ModifyDBInstance") with
        {
            Label = "{database}",
            When = record => record.Request["backupRetentionPeriod"].IsPresent,
            Values = [Value("database", "request.dBInstanceIdentifier")],
            Commands =
            [
                "aws rds modify-db-instance --db-instance-identifier {database} --backup-retention-period {days-before} --apply-immediately",
            ],
            Needs = ["rds:ModifyDBInstance"],
            Note = "Automated backups beyond the new period are gone: take a snapshot now.",
            Example = ("""{"dBInstanceIdentifier":"orders","backupRetentionPeriod":0}""", "{}"),
        },
        Removed(EventSources.DynamoDb, "DynamoDB table", "DeleteTable") with
        {
            Label = "{table}",
            Values = [Value("table", "request.tableName")],
            Commands =
            [
                "aws dynamodb list-backups --table-name {table} --backup-type ALL",
                "aws dynamodb restore-table-from-backup --target-table-name {table} --backup-arn {backup-arn-new}",
            ],
            Needs = ["dynamodb:ListBackups", "dynamodb:RestoreTableFromBackup"],
            Note = "Where point-in-time recovery was on, DynamoDB kept a system backup for 35 days.",
            Example = ("""{"tableName":"orders"}""", "{}"),
        },
        Removed(EventSources.DynamoDb, "backup of a DynamoDB table", "DeleteBackup", "UpdateContinuousBackups") with
        {
            Values = [Value("table", "request.tableName")],
            Commands =
            [
                "aws dynamodb list-backups --backup-type ALL",
                "aws dynamodb update-continuous-backups --table-name {table} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
            ],
            Needs = ["dynamodb:ListBackups", "dynamodb:UpdateContinuousBackups"],
            Note = "A deleted backup is gone; see what is left, and switch recovery on again.",
            Example = ("""{"tableName":"orders"}""", "{}"),
        },
        Made(EventSources.DynamoDb, "export of a DynamoDB table", "ExportTableToPointInTime") with
        {
            Label = "{export}",
            Values = [Value("export", "response.exportDescription.exportArn")],
            Commands = ["aws dynamodb describe-export --export-arn {export}"],
            Needs = ["dynamodb:DescribeExport"],
            Note = "An export cannot be stopped. The command names its bucket: delete it there, and find out who reads that bucket.",
            Example = ("""{"tableArn":"x"}""", """{"exportDescription":{"exportArn":"arn:aws:dynamodb:us-east-1:111122223333:table/orders/export/01234567890123-a1b2c3d4"}}"""),
        },
        Removed(
            EventSources.Backup, "backup", "DeleteRecoveryPoint", "DeleteBackupVault", "DeleteBackupVaultLockConfiguration", "DeleteBackupPlan") with
        {
            Commands = ["aws backup list-backup-vaults", "aws backup list-backup-plans --include-deleted"],
            Needs = ["backup:ListBackupVaults", "backup:ListBackupPlans"],
            Note = "A recovery point that is gone stays gone: see what is left, and copy it to another account. Deploy the plan and the lock anew.",
            Example = ("""{"backupVaultName":"main"}""", "{}"),
        },
        Removed(EventSources.Efs, "EFS file system", "DeleteFileSystem") with
        {
            Label = "{id}",
            Values = [Value("id", "request.fileSystemId")],
            Commands = ["aws backup list-recovery-points-by-backup-vault --backup-vault-name aws/efs/automatic-backup-vault"],
            Needs = ["backup:ListRecoveryPointsByBackupVault"],
            Note = "Restore it from the newest of its recovery points in AWS Backup.",
            Example = ("""{"fileSystemId":"fs-0a1b2c3d"}""", "{}"),
        },
        Removed(EventSources.Fsx, "FSx file system, volume or backup", "DeleteFileSystem", "DeleteVolume", "DeleteBackup") with
        {
            Commands = ["aws fsx describe-backups"],
            Needs = ["fsx:DescribeBackups"],
            Note = "Restore from the newest of its backups: aws fsx create-file-system-from-backup, or create-volume-from-backup.",
            Example = ("""{"fileSystemId":"fs-0a1b2c3d"}""", "{}"),
        },
        Removed(EventSources.SecretsManager, "secret", "DeleteSecret") with
        {
            Label = "{secret}",
            Values = [Value("secret", "request.secretId")],
            Commands = ["aws secretsmanager restore-secret --secret-id {secret}"],
            Needs = ["secretsmanager:RestoreSecret"],
            Note = "One that was deleted without recovery is gone: put a new value.",
            Example = ("""{"secretId":"db/password"}""", "{}"),
        },
        Removed(EventSources.Kms, "key", "ScheduleKeyDeletion") with
        {
            Label = "{key}",
            Values = [Key],
            Commands = ["aws kms cancel-key-deletion --key-id {key}", "aws kms enable-key --key-id {key}"],
            Needs = ["kms:CancelKeyDeletion", "kms:EnableKey"],
            Note = "Before the waiting period ends, which is seven days at the least.",
            Example = ("""{"keyId":"0a1b2c3d-0000-4000-8000-000000000001","pendingWindowInDays":7}""", "{}"),
        },
        Removed(EventSources.Kms, "key", "DisableKey") with
        {
            Label = "{key}",
            Values = [Key],
            Commands = ["aws kms enable-key --key-id {key}"],
            Needs = ["kms:EnableKey"],
            Example = ("""{"keyId":"0a1b2c3d-0000-4000-8000-000000000001"}""", "{}"),
        },
        Altered(EventSources.Kms, "policy of a key", "PutKeyPolicy") with
        {
            Label = "{key}",
            Values = [Key],
            Commands =
            [
                "aws kms get-key-policy --key-id {key} --policy-name default",
                "aws kms put-key-policy --key-id {key} --policy-name default --policy file://policy-before.json",
            ],
            Needs = ["kms:GetKeyPolicy", "kms:PutKeyPolicy"],
            Note = "An earlier record or AWS Config has what stood there. A policy that lets nobody in only AWS Support can repair.",
            Example = ("""{"keyId":"0a1b2c3d-0000-4000-8000-000000000001","policyName":"default"}""", "{}"),
        },
    ];
}
