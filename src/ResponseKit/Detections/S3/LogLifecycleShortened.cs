using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.S3;

/// <summary>A rule by which all that a bucket holds, or the logs in it, vanish within a week.</summary>
public sealed class LogLifecycleShortened : IDetection
{
    private const int Weight = 8;
    private const int LogWeight = 20;
    private const int FewDays = 7;

    private static readonly string[] Logs = ["trail", "log", "audit"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "s3.log-lifecycle-shortened",
        Title = "Bucket's objects made to expire within a week",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.LifecycleDeletion, Techniques.DisableCloudLog],
        Selectors = [Selector.Writes(EventSources.S3, "PutBucketLifecycle", "PutBucketLifecycleConfiguration")],
        Why = "A lifecycle rule deletes logs where nobody sees a deletion, and is how extortionists set their deadline.",
        BenignCauses = ["Buckets for temporary files", "A bucket being emptied before it is deleted"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var bucket = record.Request["bucketName"].Text;
        var isLog = bucket is not null && Logs.Any(word => bucket.Contains(word, StringComparison.OrdinalIgnoreCase));
        var days = record.Request["LifecycleConfiguration"]["Rule"].List.Take(1000)
            .Where(rule => rule["Status"].Text == "Enabled" && (isLog || IsForAll(rule)))
            .Select(rule => rule["Expiration"]["Days"].Number)
            .Where(days => days is > 0 and <= FewDays)
            .Min();
        var weight = days is null ? 0 : isLog ? LogWeight : Weight;
        return new Attempt(weight, Denied: weight / 3)
            .Finding(record, "set", "set", $"what the bucket {Plain.Name(bucket)} holds to expire after {days} days")
            ?.With("bucketName", bucket)
            .With("days", days?.ToString(CultureInfo.InvariantCulture));
    }

    private static bool IsForAll(Field rule) =>
        (rule["Filter"]["Prefix"].Text ?? rule["Prefix"].Text) is null or "" or "*" or "/"
        && !rule["Filter"]["Tag"].IsPresent && !rule["Filter"]["And"].IsPresent && !rule["Filter"]["ObjectSizeGreaterThan"].IsPresent;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a trail's bucket", EventSources.S3, "PutBucketLifecycle", """
            {"bucketName":"example-cloudtrail","LifecycleConfiguration":{"Rule":{"ID":"r","Status":"Enabled","Expiration":{"Days":1},"Filter":{"Prefix":"*"}}}}
            """),
        DetectionExample.Match("all of a bucket", EventSources.S3, "PutBucketLifecycleConfiguration", """
            {"bucketName":"customers","LifecycleConfiguration":{"Rule":[{"Status":"Enabled","Expiration":{"Days":7},"Filter":{"Prefix":""}},{"Status":"Disabled"}]}}
            """),
        DetectionExample.Ignore("temporary files", EventSources.S3, "PutBucketLifecycle", """
            {"bucketName":"customers","LifecycleConfiguration":{"Rule":{"Status":"Enabled","Expiration":{"Days":2},"Filter":{"Prefix":"tmp/"}}}}
            """),
        DetectionExample.Ignore("logs kept for a year", EventSources.S3, "PutBucketLifecycle", """
            {"bucketName":"logs","LifecycleConfiguration":{"Rule":{"Status":"Enabled","Expiration":{"Days":365},"Filter":{"Prefix":""}}}}
            """),
        DetectionExample.Ignore("a rule not in force", EventSources.S3, "PutBucketLifecycle", """
            {"bucketName":"logs","LifecycleConfiguration":{"Rule":{"Status":"Disabled","Expiration":{"Days":1},"Filter":{"Prefix":""}}}}
            """),
    ];
}
