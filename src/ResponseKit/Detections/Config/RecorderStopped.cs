using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Config;

/// <summary>AWS Config made to record no more, or to deliver no more.</summary>
public sealed class RecorderStopped : IDetection
{
    private static readonly Attempt Weight = new(Success: 25, Denied: 8, Failed: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "config.recorder-stopped",
        Title = "AWS Config stopped",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools, Techniques.DisableCloudLog],
        Selectors = [Selector.Writes(EventSources.Config, "StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel")],
        Why = "Config keeps what every resource was like before, and its rules raise alarms and undo changes. Hardly anybody stops it for an honest reason.",
        BenignCauses = ["Config switched off for its price", "An account given over to Control Tower, which sets Config up its own way"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Outcome is CallOutcome.Failed("NoSuchConfigurationRecorderException" or "NoSuchDeliveryChannelException"))
            return null;
        var name = record.Request["configurationRecorderName"].Text ?? record.Request["deliveryChannelName"].Text;
        var (did, todo, what) = record.EventName switch
        {
            "StopConfigurationRecorder" => ("stopped", "stop", "AWS Config's recorder"),
            "DeleteConfigurationRecorder" => ("deleted", "delete", "AWS Config's recorder"),
            _ => ("deleted", "delete", "AWS Config's delivery channel"),
        };
        return Weight.Finding(record, did, todo, what) is { } finding ? (finding with { Grave = true }).Doing(record, DamageKind.Blinding).With("name", name) : null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the recorder stopped", EventSources.Config, "StopConfigurationRecorder", """{"configurationRecorderName":"default"}"""),
        DetectionExample.Match("the recorder deleted", EventSources.Config, "DeleteConfigurationRecorder", """{"configurationRecorderName":"default"}"""),
        DetectionExample.Match("the delivery ended", EventSources.Config, "DeleteDeliveryChannel", """{"deliveryChannelName":"default"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Config, "StopConfigurationRecorder", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a recorder that does not exist", EventSources.Config, "StopConfigurationRecorder",
            """{"configurationRecorderName":"default"}""", "NoSuchConfigurationRecorderException"),
    ];
}
