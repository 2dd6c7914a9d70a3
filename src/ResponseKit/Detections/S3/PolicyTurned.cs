using System.Collections.Immutable;
using ResponseKit.Detections.Iam;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.S3;

/// <summary>
/// A bucket opened to read to an account that the policy does not know, or closed to its own account. What everybody may read is mostly a
/// web site, and conditions on networks or encryption are no lock-out.
/// </summary>
public sealed class PolicyTurned : IConfiguredDetection
{
    private const int OutsideWeight = 12;
    private const int EveryoneWeight = 8;
    private const int ClosedWeight = 25;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "s3.policy-turned",
        Title = "Bucket opened to another account, or closed to its owner",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.DataFromCloudStorage, Techniques.AccountAccessRemoval],
        Selectors = [Selector.Writes(EventSources.S3, "PutBucketPolicy")],
        Why = "A policy lets another account read everything, now and later; or it forbids everything to everybody, and only the root user "
            + "can lift it.",
        BenignCauses = ["Data shared with a partner, whose account belongs into the policy's knownAccounts", "A public web site"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var bucket = record.Request["bucketName"].Text;
        var anything = $"arn:aws:s3:::{bucket}/example";
        var statements = PolicyDocument.Parse(record.Request["bucketPolicy"])?.Statements ?? [];
        var reads = statements.Where(statement => statement.Allows && !statement.IsBoundToPrincipals && statement.Covers("s3:GetObject", anything)).ToList();
        var isClosed = statements.Any(statement => statement.Denies && !statement.HasCondition && statement.Principals.Contains(new TrustedPrincipal.Everyone())
            && statement.Covers("s3:GetObject", anything));
        var outside = reads.SelectMany(statement => statement.Principals).OfType<TrustedPrincipal.InAccount>()
            .FirstOrDefault(principal => Outsiders.IsOutside(principal.Account, record.Account, settings))?.Account;
        var isPublic = reads.Exists(statement => statement.Principals.Contains(new TrustedPrincipal.Everyone()));
        var (weight, did, todo, what) = (isClosed, outside, isPublic) switch
        {
            (true, _, _) => (ClosedWeight, "closed", "close", $"the bucket {Plain.Name(bucket)} to everybody"),
            (_, not null, _) => (OutsideWeight, "opened", "open", $"the bucket {Plain.Name(bucket)} to the account {Plain.Name(outside)}"),
            (_, _, true) => (EveryoneWeight, "opened", "open", $"the bucket {Plain.Name(bucket)} to everyone"),
            _ => (0, "", "", ""),
        };
        return new Attempt(weight, Denied: weight / 3).Finding(record, did, todo, what)
            ?.Doing(record, isClosed ? DamageKind.Destruction : null)
            .With("bucketName", bucket)
            .With("account", outside);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a bucket for another account", EventSources.S3, "PutBucketPolicy",
            """{"bucketName":"orders","bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"s3:*","Resource":["arn:aws:s3:::orders/*"]}]}}"""),
        DetectionExample.Match("a bucket for everyone", EventSources.S3, "PutBucketPolicy",
            """{"bucketName":"site","bucketPolicy":{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::site/*"}}}"""),
        DetectionExample.Match("a bucket closed to everybody", EventSources.S3, "PutBucketPolicy",
            """{"bucketName":"orders","bucketPolicy":{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::orders","arn:aws:s3:::orders/*"]}]}}"""),
        DetectionExample.Ignore("encryption on the way demanded", EventSources.S3, "PutBucketPolicy",
            """{"bucketName":"orders","bucketPolicy":{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::orders/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}}"""),
        DetectionExample.Ignore("a load balancer's logs, written by an account of AWS's", EventSources.S3, "PutBucketPolicy",
            """{"bucketName":"lb","bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::127311923021:root"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::lb/*"}]}}"""),
        DetectionExample.Ignore("a bucket for an own role", EventSources.S3, "PutBucketPolicy",
            """{"bucketName":"orders","bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/web"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::orders/*"}]}}"""),
    ];
}
