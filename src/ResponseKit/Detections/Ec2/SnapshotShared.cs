using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A disk snapshot shared with everyone, or with an account that the policy does not know.</summary>
public sealed class SnapshotShared : IConfiguredDetection
{
    private const int EveryoneWeight = 40;
    private const int AccountWeight = 20;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.snapshot-shared",
        Title = "EBS snapshot shared outside",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.TransferToCloudAccount, Techniques.DataFromCloudStorage],
        Selectors = [Selector.Writes(EventSources.Ec2, "ModifySnapshotAttribute")],
        Why = "Whoever may use a snapshot copies the disk into an account of their own, with all that is on it, and nothing in this account "
            + "shows it.",
        BenignCauses = ["Backups shared with another account of the organization, which belongs into the policy's knownAccounts"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var shared = Outsiders.In(record.Request["createVolumePermission"]["add"].List, record.Account, settings);
        if (shared is null)
            return null;
        var snapshot = record.Request["snapshotId"].Text;
        return Attempt.Third(shared.IsEveryone ? EveryoneWeight : AccountWeight)
            .Finding(record, "shared", "share", $"the snapshot {Plain.Name(snapshot)} with {shared}")
            ?.Doing(record, DamageKind.Exfiltration)
            .With("snapshotId", snapshot)
            .With("with", shared.ToString());
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a snapshot for another account", EventSources.Ec2, "ModifySnapshotAttribute",
            """{"snapshotId":"snap-0a1b2c3d","createVolumePermission":{"add":{"items":[{"userId":"444455556666"}]}}}"""),
        DetectionExample.Match("a snapshot for everyone", EventSources.Ec2, "ModifySnapshotAttribute",
            """{"snapshotId":"snap-0a1b2c3d","createVolumePermission":{"add":{"items":[{"group":"all"}]}}}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "ModifySnapshotAttribute",
            """{"snapshotId":"snap-0a1b2c3d","createVolumePermission":{"add":{"items":[{"userId":"444455556666"}]}}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("a snapshot for the own account", EventSources.Ec2, "ModifySnapshotAttribute",
            """{"snapshotId":"snap-0a1b2c3d","createVolumePermission":{"add":{"items":[{"userId":"111122223333"}]}}}"""),
        DetectionExample.Ignore("sharing taken back", EventSources.Ec2, "ModifySnapshotAttribute",
            """{"snapshotId":"snap-0a1b2c3d","createVolumePermission":{"remove":{"items":[{"userId":"444455556666"}]}}}"""),
    ];
}
