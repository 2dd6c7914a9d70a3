using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.DynamoDb;

/// <summary>A table's content written into a bucket.</summary>
public sealed class TableExported : IConfiguredDetection
{
    private static readonly Attempt Own = new(Success: 6, Denied: 2);
    private static readonly Attempt Foreign = new(Success: 25, Denied: 8);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "dynamodb.table-exported",
        Title = "DynamoDB table exported to a bucket",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.DataFromCloudStorage, Techniques.TransferToCloudAccount],
        Selectors = [Selector.Writes(EventSources.DynamoDb, "ExportTableToPointInTime")],
        Why = "The export reads the whole table without a single read of an item, and may go to a bucket of another account.",
        BenignCauses = ["Tables exported to a data lake, by a job and at the same time of day"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var owner = record.Request["s3BucketOwner"].Text;
        var isForeign = Outsiders.IsOutside(owner, record.Account, settings) || Outsiders.Owns(record.Request["s3SseKmsKeyId"].Text, record.Account, settings);
        var table = record.Request["tableArn"].Text;
        var bucket = record.Request["s3Bucket"].Text;
        var whose = isForeign ? " for another account" : "";
        return (isForeign ? Foreign : Own)
            .Finding(record, "started", "start", $"the export of the table {Plain.Name(table)} to the bucket {Plain.Name(bucket)}{whose}")
            ?.Doing(record, isForeign ? DamageKind.Exfiltration : null)
            .With("tableArn", table)
            .With("bucket", bucket)
            .With("s3BucketOwner", owner);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an export to a bucket of one's own", EventSources.DynamoDb, "ExportTableToPointInTime",
            """{"tableArn":"arn:aws:dynamodb:us-east-1:111122223333:table/orders","s3Bucket":"lake"}"""),
        DetectionExample.Match("an export to another account's bucket", EventSources.DynamoDb, "ExportTableToPointInTime",
            """{"tableArn":"arn:aws:dynamodb:us-east-1:111122223333:table/orders","s3Bucket":"x","s3BucketOwner":"444455556666"}"""),
        DetectionExample.Ignore("a table without point-in-time recovery", EventSources.DynamoDb, "ExportTableToPointInTime",
            """{"tableArn":"arn:aws:dynamodb:us-east-1:111122223333:table/orders"}""", "PointInTimeRecoveryUnavailableException"),
    ];
}
