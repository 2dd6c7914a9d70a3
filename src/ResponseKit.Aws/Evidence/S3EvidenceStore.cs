using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ResponseKit.Reports;
using ResponseKit.Response.Evidence;

namespace ResponseKit.Aws.Evidence;

/// <summary>
/// Keeps dossiers in an S3 bucket, as a report in HTML, Markdown and JSON, and a table of indicators. Uploads carry a checksum, without which a bucket with Object Lock refuses them
/// (Amazon S3 User Guide, "Object Lock considerations").
/// </summary>
/// <param name="s3">S3 in the bucket's region.</param>
/// <param name="bucket">The bucket's name.</param>
public sealed class S3EvidenceStore(IAmazonS3 s3, string bucket) : IEvidenceStore
{
    /// <inheritdoc/>
    public async Task<EvidenceOutcome> SaveAsync(IncidentDossier dossier, CancellationToken cancellationToken)
    {
        var name = dossier.Folder + dossier.Name;
        try
        {
            foreach (var file in ReportFiles.Of(dossier))
                await PutAsync(name + file.Ending, file.ContentType, file.Content, cancellationToken);
            return new EvidenceOutcome.Kept($"s3://{bucket}/{dossier.Folder}");
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new EvidenceOutcome.Failed(
                $"The report could not be written to s3://{bucket}/{name}: {error.Message} The receipts are in the table; put the bucket right and invoke the function report "
                + "with the incident and its round again.");
        }
    }

    private async Task PutAsync(string key, string type, byte[] content, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(content, writable: false);
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = body,
                AutoCloseStream = false,
                ContentType = type,
                ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            },
            cancellationToken);
    }
}
