using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Bedrock;

/// <summary>The logging of prompts and answers switched off.</summary>
public sealed class InvocationLoggingRemoved : IDetection
{
    private static readonly Attempt Weight = new(Success: 20, Denied: 6);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "bedrock.invocation-logging-removed",
        Title = "Logging of Bedrock model invocations switched off",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableCloudLog],
        Selectors = [Selector.Writes(EventSources.Bedrock, "DeleteModelInvocationLoggingConfiguration")],
        Why = "Without it nobody can tell what stolen model time was used for.",
        BenignCauses = ["Infrastructure as code that takes an environment down", "A team that may not keep prompts"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record) =>
        Weight.Finding(record, "removed", "remove", "the logging of Bedrock model invocations");

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("logging switched off", EventSources.Bedrock, "DeleteModelInvocationLoggingConfiguration"),
        DetectionExample.Match("a refused attempt", EventSources.Bedrock, "DeleteModelInvocationLoggingConfiguration", errorCode: "AccessDenied"),
        DetectionExample.Ignore("throttling", EventSources.Bedrock, "DeleteModelInvocationLoggingConfiguration", errorCode: "ThrottlingException"),
    ];
}
