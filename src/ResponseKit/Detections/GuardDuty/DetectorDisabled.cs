using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections.GuardDuty;

/// <summary>GuardDuty switched off, in this account or for accounts that it watches.</summary>
public sealed class DetectorDisabled : IDetection
{
    private const int Weight = 55;
    private const int MembersWeight = 35;
    private const int FeaturesWeight = 20;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "guardduty.detector-disabled",
        Title = "GuardDuty switched off",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors =
        [
            Selector.Writes(
                EventSources.GuardDuty, "DeleteDetector", "UpdateDetector", "DisassociateFromMasterAccount", "DisassociateFromAdministratorAccount",
                "StopMonitoringMembers", "DisassociateMembers", "DeleteMembers"),
        ],
        Why = "GuardDuty recognises mining and stolen credentials within minutes; intruders who have watched accounts before switch it off first.",
        BenignCauses = ["An account being closed or moved to another administrator account", "A plan switched off for its price"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (Loss(record) is not var (weight, did, todo, what))
            return null;
        var attempt = new Attempt(weight, Denied: weight * 2 / 5, Failed: weight / 5);
        var finding = attempt.Finding(record, did, todo, what);
        return (finding is null ? null : finding with { Grave = weight >= MembersWeight })
            ?.Doing(record, weight >= MembersWeight ? DamageKind.Blinding : null)
            .With("eventName", record.EventName)
            .With("detectorId", record.Request["detectorId"].Text)
            .Removing(record, ResourceKind.Detector, record.Request["detectorId"].Text);
    }

    private static (int Weight, string Did, string Todo, string What)? Loss(CloudTrailRecord record) => record.EventName switch
    {
        "DeleteDetector" => (Weight, "deleted", "delete", "GuardDuty's detector"),
        "UpdateDetector" when record.Request["enable"].Flag is false => (Weight, "disabled", "disable", "GuardDuty's detector"),
        "UpdateDetector" when record.Request["features"].Items.Any(feature => feature["status"].Text == "DISABLED") =>
            (FeaturesWeight, "switched", "switch", "off a part of GuardDuty"),
        "UpdateDetector" => null,
        "DisassociateFromMasterAccount" or "DisassociateFromAdministratorAccount" =>
            (Weight, "detached", "detach", "the account from its GuardDuty administrator account"),
        _ => (MembersWeight, "removed", "remove", "accounts from GuardDuty's watch"),
    };

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the detector deleted", EventSources.GuardDuty, "DeleteDetector", """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0"}"""),
        DetectionExample.Match("the detector switched off", EventSources.GuardDuty, "UpdateDetector",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","enable":false}"""),
        DetectionExample.Match("a part switched off", EventSources.GuardDuty, "UpdateDetector",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","enable":true,"features":[{"name":"RUNTIME_MONITORING","status":"DISABLED"}]}"""),
        DetectionExample.Match("the account detached, under the call's former name", EventSources.GuardDuty, "DisassociateFromMasterAccount",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0"}"""),
        DetectionExample.Match("the account detached", EventSources.GuardDuty, "DisassociateFromAdministratorAccount",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0"}"""),
        DetectionExample.Match("members no longer watched", EventSources.GuardDuty, "StopMonitoringMembers",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","accountIds":["444455556666"]}"""),
        DetectionExample.Match("members let go", EventSources.GuardDuty, "DisassociateMembers",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","accountIds":["444455556666"]}"""),
        DetectionExample.Match("members deleted", EventSources.GuardDuty, "DeleteMembers",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","accountIds":["444455556666"]}"""),
        DetectionExample.Match("a refused attempt", EventSources.GuardDuty, "DeleteDetector",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0"}""", "AccessDenied"),
        DetectionExample.Ignore("another frequency of findings", EventSources.GuardDuty, "UpdateDetector",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","enable":true,"findingPublishingFrequency":"ONE_HOUR"}"""),
        DetectionExample.Ignore("a part switched on", EventSources.GuardDuty, "UpdateDetector",
            """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","features":[{"name":"S3_DATA_EVENTS","status":"ENABLED"}]}"""),
    ];
}
