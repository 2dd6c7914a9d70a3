using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Bedrock;

/// <summary>Access to foundation models asked for: a use case handed in, an agreement made, an entitlement taken.</summary>
public sealed class ModelAccessRequested : IDetection
{
    private static readonly Attempt Weight = new(Success: 12, Denied: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "bedrock.model-access-requested",
        Title = "Access to Bedrock foundation models requested",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking],
        Selectors = [Selector.Writes(EventSources.Bedrock, "PutUseCaseForModelAccess", "CreateFoundationModelAgreement", "PutFoundationModelEntitlement")],
        Why = "Thieves of model time open the models that the account has not used yet, and sell access to them until the bill is noticed.",
        BenignCauses = ["A team that takes up a new model, mostly in the console and once for each model", "Infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var model = record.Request.Any("modelId").Text;
        return Weight.Finding(record, "requested", "request", model is null ? "access to Bedrock models" : $"access to the Bedrock model {Plain.Name(model)}")
            ?.With("modelId", model)
            .With("eventName", record.EventName);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a use case handed in", EventSources.Bedrock, "PutUseCaseForModelAccess"),
        DetectionExample.Match("an agreement", EventSources.Bedrock, "CreateFoundationModelAgreement", """{"modelId":"anthropic.claude-3-sonnet-20240229-v1:0"}"""),
        DetectionExample.Match("an entitlement", EventSources.Bedrock, "PutFoundationModelEntitlement",
            """{"modelId":"anthropic.claude-3-sonnet-20240229-v1:0"}""", response: """{"status":"SUCCESS"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Bedrock, "PutUseCaseForModelAccess", errorCode: "AccessDenied"),
        DetectionExample.Ignore("throttling", EventSources.Bedrock, "CreateFoundationModelAgreement", "{}", "ThrottlingException"),
    ];
}
