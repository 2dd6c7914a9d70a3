using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.S3;

/// <summary>A bucket that no longer keeps what is overwritten or deleted.</summary>
public sealed class VersioningSuspended : IDetection
{
    private static readonly Attempt Weight = new(Success: 8, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "s3.versioning-suspended",
        Title = "Bucket versioning suspended",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.InhibitRecovery],
        Selectors = [Selector.Writes(EventSources.S3, "PutBucketVersioning")],
        Why = "With versions, nothing that is deleted or encrypted is lost. They are switched off before it is.",
        BenignCauses = ["A bucket whose old versions cost too much"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var bucket = record.Request["bucketName"].Text;
        return record.Request.Any("VersioningConfiguration").Any("Status").Text != "Suspended"
            ? null
            : Weight.Finding(record, "suspended", "suspend", $"the versioning of the bucket {Plain.Name(bucket)}")?.With("bucketName", bucket);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("versions no longer kept", EventSources.S3, "PutBucketVersioning",
            """{"bucketName":"orders","VersioningConfiguration":{"Status":"Suspended"}}"""),
        DetectionExample.Ignore("versions kept", EventSources.S3, "PutBucketVersioning",
            """{"bucketName":"orders","VersioningConfiguration":{"Status":"Enabled"}}"""),
    ];
}
