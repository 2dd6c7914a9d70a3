using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.S3;

/// <summary>A bucket deleted. It has to be empty by then; who emptied it, only data events tell.</summary>
public sealed class BucketDeleted : IConfiguredDetection
{
    private static readonly Attempt Weight = new(Success: 2, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "s3.bucket-deleted",
        Title = "Bucket deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DataDestruction],
        Selectors = [Selector.Writes(EventSources.S3, "DeleteBucket")],
        Why = "Where objects were deleted before, deleting the bucket gives its name away, too.",
        BenignCauses = ["A stack taken down", "Tests that make and delete buckets"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        // ResponseKit's own is the detection responsekit.tampered's.
        if (OwnParts.Touched(record, settings.Own) is not null)
            return null;
        var bucket = record.Request["bucketName"].Text;
        return Weight.Finding(record, "deleted", "delete", $"the bucket {Plain.Name(bucket)}")?.With("bucketName", bucket);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a bucket", EventSources.S3, "DeleteBucket", """{"bucketName":"orders"}"""),
        DetectionExample.Match("a refused attempt", EventSources.S3, "DeleteBucket", """{"bucketName":"orders"}""", "AccessDenied"),
        DetectionExample.Ignore("a bucket that still holds something", EventSources.S3, "DeleteBucket", """{"bucketName":"orders"}""", "BucketNotEmpty"),
    ];
}
