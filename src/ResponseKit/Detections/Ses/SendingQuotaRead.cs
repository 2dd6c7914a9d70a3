using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ses;

/// <summary>A look at how much mail the account may send, and in whose name.</summary>
public sealed class SendingQuotaRead : IDetection
{
    private static readonly Attempt Weight = new(Success: 4, Denied: 2);

    private static readonly string[] Calls =
    [
        "GetSendQuota", "GetSendStatistics", "GetAccount", "GetAccountSendingEnabled", "ListIdentities", "ListEmailIdentities", "ListVerifiedEmailAddresses",
        "GetIdentityVerificationAttributes",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ses.sending-quota-read",
        Title = "SES sending quota or identities read",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudServiceDiscovery],
        Selectors = [Selector.Reads(EventSources.Ses, Calls)],
        Why = "An account that may send much mail sells best: scripts for stolen keys ask for the sending quota before anything else, region after region.",
        BenignCauses = ["Mail applications that keep below their quota", "Marketing tools with a key of their own", "CSPM scanners", "The SES console"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record) => Delegation.IsByService(record)
        ? null
        : Weight.Finding(record, "called", "call", $"SES {Plain.Name(record.EventName)}");

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        .. Calls.Select(call => DetectionExample.Match($"a call of {call}", EventSources.Ses, call)),
        DetectionExample.Match("a refused look", EventSources.Ses, "GetSendQuota", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a rule of AWS Config", EventSources.Ses, "ListIdentities") with { InvokedBy = "config.amazonaws.com" },
        DetectionExample.Ignore("throttling", EventSources.Ses, "GetAccount", errorCode: "TooManyRequestsException"),
    ];
}
