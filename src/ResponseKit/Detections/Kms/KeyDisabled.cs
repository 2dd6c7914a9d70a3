using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Kms;

/// <summary>An encryption key disabled or given up, and what is encrypted with it out of reach.</summary>
public sealed class KeyDisabled : IDetection
{
    private static readonly Attempt Weight = new(Success: 8, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "kms.key-disabled",
        Title = "KMS key disabled or scheduled for deletion",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DataDestruction],
        Selectors = [Selector.Writes(EventSources.Kms, "ScheduleKeyDeletion", "DisableKey")],
        Why = "Without its key a trail cannot write, nobody can read backups and disks, and instances do not start.",
        BenignCauses = ["A stack deleted with its key", "Old keys being retired"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var key = record.Request["keyId"].Text;
        var what = key is null ? "a KMS key" : $"the KMS key {Plain.Name(key)}";
        var finding = record.EventName == "DisableKey"
            ? Weight.Finding(record, "disabled", "disable", what)
            : Weight.Finding(record, "scheduled", "schedule", $"the deletion of {what}");
        return finding?.With("keyId", key).With("pendingWindowInDays", record.Request["pendingWindowInDays"].Number?.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a key disabled", EventSources.Kms, "DisableKey", """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001"}"""),
        DetectionExample.Match("a key's deletion scheduled", EventSources.Kms, "ScheduleKeyDeletion",
            """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001","pendingWindowInDays":7}"""),
        DetectionExample.Match("a refused attempt", EventSources.Kms, "DisableKey", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a key that goes already", EventSources.Kms, "DisableKey",
            """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001"}""", "KMSInvalidStateException"),
    ];
}
