using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.S3;

/// <summary>A bucket made to encrypt with a key of an account that the policy does not know: what is written from now on, only that account can open.</summary>
public sealed class EncryptionTurned : IConfiguredDetection
{
    private const int Weight = 35;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "s3.encryption-turned",
        Title = "Bucket encrypted with another account's key",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.EncryptedForImpact],
        Selectors = [Selector.Writes(EventSources.S3, "PutBucketEncryption")],
        Why = "Whoever owns the key decides who may read. Extortionists let the owner write on, and then take the key away.",
        BenignCauses = ["A central key of the organization, whose account belongs into the policy's knownAccounts"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var rules = record.Request.Any("ServerSideEncryptionConfiguration").Any("Rule").List.Take(100);
        var key = rules.Select(rule => rule.Any("ApplyServerSideEncryptionByDefault").Any("KMSMasterKeyID").Text)
            .FirstOrDefault(key => Outsiders.Owns(key, record.Account, settings));
        if (key is null)
            return null;
        var bucket = record.Request["bucketName"].Text;
        return Attempt.Third(Weight).Finding(record, "made", "make", $"the bucket {Plain.Name(bucket)} encrypt with the key {Plain.Name(key)} of another account")
            ?.Doing(record, DamageKind.Destruction)
            .With("bucketName", bucket)
            .With("kmsKeyId", key);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("another account's key", EventSources.S3, "PutBucketEncryption",
            """{"bucketName":"orders","ServerSideEncryptionConfiguration":{"Rule":{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"arn:aws:kms:us-east-1:444455556666:key/0a1b"}}}}"""),
        DetectionExample.Ignore("an own key", EventSources.S3, "PutBucketEncryption",
            """{"bucketName":"orders","ServerSideEncryptionConfiguration":{"Rule":{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"arn:aws:kms:us-east-1:111122223333:key/0a1b"}}}}"""),
        DetectionExample.Ignore("no key at all", EventSources.S3, "PutBucketEncryption",
            """{"bucketName":"orders","ServerSideEncryptionConfiguration":{"Rule":{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}}}"""),
    ];
}
