using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A snapshot or image copied under another account's key: the copy is readable to whoever owns that key.</summary>
public sealed class CopyRekeyed : IConfiguredDetection
{
    private const int Weight = 25;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.copy-rekeyed",
        Title = "Snapshot or image copied under another account's key",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.TransferToCloudAccount, Techniques.EncryptedForImpact],
        Selectors = [Selector.Writes(EventSources.Ec2, "CopySnapshot", "CopyImage")],
        Why = "A copy under a foreign key can be opened abroad and, once the original is gone, is held to ransom.",
        BenignCauses = ["A central key of the organization, whose account belongs into the policy's knownAccounts"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var request = record.Request[record.EventName + "Request"] is { IsPresent: true } nested ? nested : record.Request;
        var key = request.Any("kmsKeyId").Text;
        if (!Outsiders.Owns(key, record.Account, settings))
            return null;
        var source = request.Any("sourceSnapshotId").Text ?? request.Any("sourceImageId").Text;
        return Attempt.Third(Weight).Finding(record, "made", "make", $"a copy of {Plain.Name(source)} under the key {Plain.Name(key)} of another account")
            ?.Doing(record, DamageKind.Exfiltration)
            .With("source", source)
            .With("kmsKeyId", key);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a snapshot under another account's key", EventSources.Ec2, "CopySnapshot",
            """{"sourceRegion":"us-east-1","sourceSnapshotId":"snap-0a1b2c3d","encrypted":true,"kmsKeyId":"arn:aws:kms:eu-west-1:444455556666:key/0a1b"}"""),
        DetectionExample.Match("an image under another account's key", EventSources.Ec2, "CopyImage",
            """{"sourceRegion":"us-east-1","sourceImageId":"ami-0a1b2c3d","encrypted":true,"kmsKeyId":"arn:aws:kms:eu-west-1:444455556666:key/0a1b"}"""),
        DetectionExample.Ignore("a copy for another region under the own key", EventSources.Ec2, "CopySnapshot",
            """{"sourceRegion":"us-east-1","sourceSnapshotId":"snap-0a1b2c3d","kmsKeyId":"arn:aws:kms:eu-west-1:111122223333:key/0a1b"}"""),
        DetectionExample.Ignore("a copy under a key by its alias", EventSources.Ec2, "CopyImage",
            """{"sourceImageId":"ami-0a1b2c3d","kmsKeyId":"alias/backups"}"""),
    ];
}
