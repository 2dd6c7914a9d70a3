using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Bedrock;

/// <summary>A look at whether prompts and answers are logged.</summary>
public sealed class InvocationLoggingRead : IDetection
{
    private static readonly Attempt Weight = new(Success: 5, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "bedrock.invocation-logging-read",
        Title = "Logging of Bedrock model invocations looked up",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudServiceDiscovery],
        Selectors = [Selector.Reads(EventSources.Bedrock, "GetModelInvocationLoggingConfiguration")],
        Why = "Tools that test stolen keys for resale ask first whether invocations are logged, and drop the keys where they are.",
        BenignCauses = ["CSPM scanners", "The Bedrock console's settings page", "Infrastructure as code that compares states"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record) => Delegation.IsByService(record)
        ? null
        : Weight.Finding(record, "read", "read", "whether Bedrock model invocations are logged");

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a look", EventSources.Bedrock, "GetModelInvocationLoggingConfiguration"),
        DetectionExample.Match("a refused look", EventSources.Bedrock, "GetModelInvocationLoggingConfiguration", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a rule of AWS Config", EventSources.Bedrock, "GetModelInvocationLoggingConfiguration") with { InvokedBy = "config.amazonaws.com" },
    ];
}
