using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A disk snapshot deleted: housekeeping alone, part of a destruction among others.</summary>
public sealed class SnapshotDeleted : IDetection
{
    private static readonly Attempt Weight = new(Success: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.snapshot-deleted",
        Title = "EBS snapshot deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.InhibitRecovery],
        Selectors = [Selector.Writes(EventSources.Ec2, "DeleteSnapshot")],
        Why = "Snapshots are most servers' only backup.",
        BenignCauses = ["Retention by a job, which deletes many every day", "Image building, which removes what it made"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var snapshot = record.Request["snapshotId"].Text;
        return Delegation.IsByService(record)
            ? null
            : Weight.Finding(record, "deleted", "delete", $"the snapshot {Plain.Name(snapshot)}")?.With("snapshotId", snapshot);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a snapshot", EventSources.Ec2, "DeleteSnapshot", """{"snapshotId":"snap-0a1b2c3d"}"""),
        DetectionExample.Ignore("a snapshot in use by an image", EventSources.Ec2, "DeleteSnapshot", """{"snapshotId":"snap-0a1b2c3d"}""", "Client.InvalidSnapshot.InUse"),
    ];
}
