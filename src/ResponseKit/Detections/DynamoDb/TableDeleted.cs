using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.DynamoDb;

/// <summary>A table deleted with what it held, or its backups given up.</summary>
public sealed class TableDeleted : IConfiguredDetection
{
    private static readonly Attempt Table = new(Success: 6, Denied: 2);
    private static readonly Attempt Backup = new(Success: 3, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "dynamodb.table-deleted",
        Title = "DynamoDB table or its backups deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DataDestruction, Techniques.InhibitRecovery],
        Selectors = [Selector.Writes(EventSources.DynamoDb, "DeleteTable", "DeleteBackup", "UpdateContinuousBackups")],
        Why = "A table deleted is gone at once; without its backups it stays gone.",
        BenignCauses = ["Tests that make and delete tables", "A stack taken down"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        // ResponseKit's own is the detection responsekit.tampered's.
        if (OwnParts.Touched(record, settings.Own) is not null)
            return null;
        var table = record.Request["tableName"].Text;
        var finding = record.EventName switch
        {
            "DeleteTable" => Table.Finding(record, "deleted", "delete", $"the table {Plain.Name(table)}"),
            "DeleteBackup" => Backup.Finding(record, "deleted", "delete", $"the backup {Plain.Name(record.Request["backupArn"].Text)} of a table"),
            _ when record.Request["pointInTimeRecoverySpecification"]["pointInTimeRecoveryEnabled"].Flag is false =>
                Backup.Finding(record, "switched", "switch", $"off point-in-time recovery of the table {Plain.Name(table)}"),
            _ => null,
        };
        return finding?.With("tableName", table).With("backupArn", record.Request["backupArn"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a table", EventSources.DynamoDb, "DeleteTable", """{"tableName":"orders"}"""),
        DetectionExample.Match("a backup", EventSources.DynamoDb, "DeleteBackup",
            """{"backupArn":"arn:aws:dynamodb:us-east-1:111122223333:table/orders/backup/0a1b"}"""),
        DetectionExample.Match("recovery switched off", EventSources.DynamoDb, "UpdateContinuousBackups",
            """{"tableName":"orders","pointInTimeRecoverySpecification":{"pointInTimeRecoveryEnabled":false}}"""),
        DetectionExample.Ignore("recovery switched on", EventSources.DynamoDb, "UpdateContinuousBackups",
            """{"tableName":"orders","pointInTimeRecoverySpecification":{"pointInTimeRecoveryEnabled":true}}"""),
        DetectionExample.Ignore("a table that is gone", EventSources.DynamoDb, "DeleteTable", """{"tableName":"orders"}""", "ResourceNotFoundException"),
    ];
}
