using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Rds;

/// <summary>A database snapshot shared with everyone, or with an account that the policy does not know.</summary>
public sealed class SnapshotShared : IConfiguredDetection
{
    private const int EveryoneWeight = 45;
    private const int AccountWeight = 25;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "rds.snapshot-shared",
        Title = "Database snapshot shared outside",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.TransferToCloudAccount, Techniques.DataFromCloudStorage],
        Selectors = [Selector.Writes(EventSources.Rds, "ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute")],
        Why = "Whoever may restore a snapshot has the whole database in an account of their own, and nothing in this account shows it.",
        BenignCauses = ["A copy of production for another account of the organization, which belongs into the policy's knownAccounts"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        if (record.Request["attributeName"].Text is not (null or "restore"))
            return null;
        var shared = Outsiders.In(record.Request["valuesToAdd"].Items, record.Account, settings);
        if (shared is null)
            return null;
        var snapshot = record.Request["dBSnapshotIdentifier"].Text ?? record.Request["dBClusterSnapshotIdentifier"].Text;
        return Attempt.Third(shared.IsEveryone ? EveryoneWeight : AccountWeight)
            .Finding(record, "shared", "share", $"the database snapshot {Plain.Name(snapshot)} with {shared}")
            ?.Doing(record, DamageKind.Exfiltration)
            .With("snapshot", snapshot)
            .With("with", shared.ToString());
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a snapshot for another account", EventSources.Rds, "ModifyDBSnapshotAttribute",
            """{"dBSnapshotIdentifier":"customers","attributeName":"restore","valuesToAdd":["444455556666"]}"""),
        DetectionExample.Match("a cluster's snapshot for everyone", EventSources.Rds, "ModifyDBClusterSnapshotAttribute",
            """{"dBClusterSnapshotIdentifier":"customers","attributeName":"restore","valuesToAdd":["all"]}"""),
        DetectionExample.Ignore("sharing taken back", EventSources.Rds, "ModifyDBSnapshotAttribute",
            """{"dBSnapshotIdentifier":"customers","attributeName":"restore","valuesToRemove":["444455556666"]}"""),
    ];
}
