using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ses;

/// <summary>Mail switched on again for the account or one of its configurations.</summary>
public sealed class SendingEnabled : IDetection
{
    private static readonly Attempt Weight = Attempt.Third(10);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ses.sending-enabled",
        Title = "SES sending switched on",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking],
        Selectors = [Selector.Writes(EventSources.Ses, "UpdateAccountSendingEnabled", "PutAccountSendingAttributes")],
        Why = "Responders stop spam by pausing the account's mail; whoever still holds a key switches it on again.",
        BenignCauses = ["A responder when the incident is over", "An automatism that pauses mail on many bounces and resumes it"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // On a refusal the request is left out; a success says which way it went, or that it went the default way: off.
        var enabled = record.Request.Any("enabled").Flag ?? record.Request.Any("sendingEnabled").Flag;
        if (enabled is false || (enabled is null && record.Outcome is not CallOutcome.Denied))
            return null;
        return Weight.Finding(record, "switched", "switch", enabled is true ? "SES sending of the account on" : "SES sending of the account (on or off is not recorded)");
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("mail switched on", EventSources.Ses, "UpdateAccountSendingEnabled", """{"enabled":true}"""),
        DetectionExample.Match("mail switched on by the newer interface", EventSources.Ses, "PutAccountSendingAttributes", """{"sendingEnabled":true}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Ses, "UpdateAccountSendingEnabled", errorCode: "AccessDenied"),
        DetectionExample.Ignore("mail paused", EventSources.Ses, "UpdateAccountSendingEnabled", """{"enabled":false}"""),
        DetectionExample.Ignore("mail paused by leaving the setting out", EventSources.Ses, "PutAccountSendingAttributes", "{}"),
    ];
}
