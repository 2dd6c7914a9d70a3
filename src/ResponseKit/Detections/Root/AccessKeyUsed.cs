using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.Root;

/// <summary>
/// The root user's long-term access key in use. Signing in gives temporary credentials; a long-term key is one that somebody made and that
/// nothing restrains. It is unusual by itself, so that it is a novelty, whatever history says.
/// </summary>
public sealed class AccessKeyUsed : IDetection
{
    private static readonly Attempt Change = new(Success: 25, DryRun: 12, Denied: 12, Failed: 8);
    private static readonly Attempt Look = new(Success: 12, Denied: 8);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "root.access-key-used",
        Title = "Root user's access key used",
        Category = SignalCategory.Novelty,
        Techniques = [Techniques.CloudAccounts],
        Selectors = [Selector.ByIdentity("Root")],
        Why = "Nothing binds the root user, AWS advises to have no such key, and hardly any program needs it: who uses one has mostly found it.",
        BenignCauses = ["An old account in which a script still runs with the root user's key"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Actor is not Actor.Root || record.AccessKeyId?.StartsWith("AKIA", StringComparison.Ordinal) != true || record.Identity["sessionContext"].IsPresent
            || Delegation.IsByService(record))
        {
            return null;
        }

        var isChange = record.ReadOnly is false;
        var finding = (isChange ? Change : Look)
            .Finding(record, "called", "call", $"{Plain.Name(record.EventName)} of {Plain.Name(record.EventSource)} with the root user's access key");
        return (finding is null ? null : finding with { Grave = isChange && record.Outcome.TookEffect })
            ?.With("eventName", record.EventName)
            .With("accessKeyId", record.AccessKeyId);
    }

    private const string RootKey = """
        {"type":"Root","principalId":"111122223333","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333","accessKeyId":"AKIAEXAMPLEEXAMPLE00"}
        """;

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a change", EventSources.S3, "CreateBucket", """{"bucketName":"example"}""") with { Identity = RootKey },
        DetectionExample.Match("a look", EventSources.S3, "ListBuckets") with { Identity = RootKey, IsRead = true },
        DetectionExample.Match("a refused change", EventSources.S3, "CreateBucket", """{"bucketName":"example"}""", "AccessDenied") with { Identity = RootKey },
        DetectionExample.Ignore("the root user signed in at the console", EventSources.S3, "CreateBucket", """{"bucketName":"example"}""") with { Identity = DetectionExample.RootUser },
        DetectionExample.Ignore("a session that is temporary", EventSources.S3, "CreateBucket", """{"bucketName":"example"}""") with { Identity = RootKey.Replace("AKIA", "ASIA", StringComparison.Ordinal) },
    ];
}
