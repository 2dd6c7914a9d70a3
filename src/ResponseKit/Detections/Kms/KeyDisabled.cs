using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Deployment;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Kms;

/// <summary>An encryption key disabled, given up or closed to everybody, and what is encrypted with it out of reach.</summary>
public sealed class KeyDisabled : IConfiguredDetection
{
    private static readonly Attempt Weight = new(Success: 8, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "kms.key-disabled",
        Title = "KMS key disabled, scheduled for deletion or closed",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DataDestruction],
        Selectors = [Selector.Writes(EventSources.Kms, "ScheduleKeyDeletion", "DisableKey", "PutKeyPolicy")],
        Why = "Without its key a trail cannot write, nobody can read backups and disks, and instances do not start.",
        BenignCauses = ["A stack deleted with its key", "Old keys being retired"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        // ResponseKit's own is the detection responsekit.tampered's.
        if (OwnParts.Touched(record, settings.Own) is not null)
            return null;
        var key = record.Request["keyId"].Text;
        var what = key is null ? "a KMS key" : $"the KMS key {Plain.Name(key)}";
        var isClosed = record.EventName == "PutKeyPolicy" && IsClosed(record.Request["policy"].Text);
        var finding = record.EventName switch
        {
            "DisableKey" => Weight.Finding(record, "disabled", "disable", what),
            "PutKeyPolicy" when !isClosed => null,
            "PutKeyPolicy" => Weight.Finding(record, "took", "take", $"{what} out of everybody's reach"),
            _ => Weight.Finding(record, "scheduled", "schedule", $"the deletion of {what}"),
        };
        // Where it is not known which keys are ResponseKit's, it may be one of them; unknown is told.
        return (finding is null ? null : finding with { Grave = isClosed || settings.Own is null })
            ?.With("keyId", key).With("pendingWindowInDays", record.Request["pendingWindowInDays"].Number?.ToString(CultureInfo.InvariantCulture));
    }

    // A policy that allows nobody anything: not even the account's administrators can use or mend the key any more (AWS KMS Developer Guide, "Key policies").
    private static bool IsClosed(string? policy) => policy is not null && !policy.Contains("\"Allow\"", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a key disabled", EventSources.Kms, "DisableKey", """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001"}"""),
        DetectionExample.Match("a key's deletion scheduled", EventSources.Kms, "ScheduleKeyDeletion",
            """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001","pendingWindowInDays":7}"""),
        DetectionExample.Match("a key closed to everybody", EventSources.Kms, "PutKeyPolicy",
            """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001","policyName":"default","policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Kms, "DisableKey", errorCode: "AccessDenied"),
        DetectionExample.Ignore("another policy for a key", EventSources.Kms, "PutKeyPolicy",
            """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001","policyName":"default","policy":"{\"Statement\":[{\"Effect\":\"Allow\"}]}"}"""),
        DetectionExample.Ignore("ResponseKit's own key, which is tampering", EventSources.Kms, "DisableKey", """{"keyId":"alias/ResponseKit-state"}"""),
        DetectionExample.Ignore("a key that goes already", EventSources.Kms, "DisableKey",
            """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001"}""", "KMSInvalidStateException"),
    ];
}
