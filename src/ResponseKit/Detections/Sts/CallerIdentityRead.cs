using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Sts;

/// <summary>The question who one is: the first call made with a stolen key, and of many programs.</summary>
public sealed class CallerIdentityRead : IDetection
{
    private static readonly Attempt Weight = new(Success: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "sts.caller-identity-read",
        Title = "Caller's own identity asked for",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudAccountDiscovery],
        Selectors = [Selector.Reads(EventSources.Sts, "GetCallerIdentity")],
        Why = "The call works with any key and cannot be forbidden, so it is how a found key is tried out.",
        BenignCauses = ["Terraform, the CDK and most deployment tools, each time they run", "People making sure which account they are in"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record) => Weight.Finding(record, "asked", "ask", "whose key it was using");

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a key tried out", EventSources.Sts, "GetCallerIdentity") with { IsRead = true },
        DetectionExample.Ignore("an expired session", EventSources.Sts, "GetCallerIdentity", errorCode: "ExpiredTokenException") with { IsRead = true },
    ];
}
