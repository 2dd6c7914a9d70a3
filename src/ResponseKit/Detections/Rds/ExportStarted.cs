using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Rds;

/// <summary>A database's content written into a bucket. Whose bucket it is no record says; whose key, it does.</summary>
public sealed class ExportStarted : IConfiguredDetection
{
    private static readonly Attempt Own = new(Success: 6, Denied: 2);
    private static readonly Attempt Foreign = new(Success: 25, Denied: 8);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "rds.export-started",
        Title = "Database snapshot exported to a bucket",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.DataFromCloudStorage, Techniques.TransferToCloudAccount],
        Selectors = [Selector.Writes(EventSources.Rds, "StartExportTask")],
        Why = "The export puts every table into files, under a key and into a bucket that the caller chooses.",
        BenignCauses = ["Databases exported to a data lake, by a job and at the same time of day"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var key = record.Request["kmsKeyId"].Text;
        var isForeign = Outsiders.Owns(key, record.Account, settings);
        var source = record.Request["sourceArn"].Text;
        var bucket = record.Request["s3BucketName"].Text;
        var under = isForeign ? $" under the key {Plain.Name(key)} of another account" : "";
        return (isForeign ? Foreign : Own)
            .Finding(record, "started", "start", $"the export of the database {Plain.Name(source)} to the bucket {Plain.Name(bucket)}{under}")
            ?.Doing(record, isForeign ? DamageKind.Exfiltration : null)
            .With("sourceArn", source)
            .With("bucket", bucket);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an export", EventSources.Rds, "StartExportTask",
            """{"exportTaskIdentifier":"x","sourceArn":"arn:aws:rds:us-east-1:111122223333:snapshot:s","s3BucketName":"lake","kmsKeyId":"0a1b"}"""),
        DetectionExample.Match("an export under another account's key", EventSources.Rds, "StartExportTask",
            """{"sourceArn":"arn:aws:rds:us-east-1:111122223333:snapshot:s","s3BucketName":"x","kmsKeyId":"arn:aws:kms:us-east-1:444455556666:key/0a1b"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Rds, "StartExportTask", errorCode: "AccessDenied"),
        DetectionExample.Ignore("an export that runs already", EventSources.Rds, "StartExportTask", """{"exportTaskIdentifier":"x"}""", "ExportTaskAlreadyExistsFault"),
    ];
}
