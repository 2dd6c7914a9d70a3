using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A server's disks written into a bucket as files.</summary>
public sealed class ImageExported : IDetection
{
    private static readonly Attempt Weight = new(Success: 20, DryRun: 6, Denied: 6);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.image-exported",
        Title = "Instance or image exported to a bucket",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.TransferToCloudAccount, Techniques.DataFromCloudStorage],
        Selectors = [Selector.Writes(EventSources.Ec2, "CreateInstanceExportTask", "ExportImage")],
        Why = "A disk in a bucket is downloaded like any file, also from a bucket of the intruder's. Hardly anybody exports servers.",
        BenignCauses = ["A virtual machine moved to another cloud or to a data centre"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request[record.EventName + "Request"] is { IsPresent: true } nested ? nested : record.Request;
        var source = request.Any("instanceId").Text ?? request.Any("imageId").Text;
        var bucket = request.Any("exportToS3").Any("s3Bucket").Text ?? request.Any("s3ExportLocation").Any("s3Bucket").Text;
        return Weight.Finding(record, "started", "start", $"the export of {Plain.Name(source)} to the bucket {Plain.Name(bucket)}")
            ?.Doing(record, DamageKind.Exfiltration)
            .With("source", source)
            .With("bucket", bucket);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an instance", EventSources.Ec2, "CreateInstanceExportTask",
            """{"instanceId":"i-0a1b2c3d4e5f60718","targetEnvironment":"vmware","exportToS3":{"s3Bucket":"x","diskImageFormat":"VMDK"}}"""),
        DetectionExample.Match("an image", EventSources.Ec2, "ExportImage",
            """{"ExportImageRequest":{"ImageId":"ami-0a1b2c3d","S3ExportLocation":{"S3Bucket":"x"}}}"""),
        DetectionExample.Ignore("an instance that does not exist", EventSources.Ec2, "CreateInstanceExportTask",
            """{"instanceId":"i-0a1b2c3d4e5f60718"}""", "Client.InvalidInstanceID.NotFound"),
    ];
}
