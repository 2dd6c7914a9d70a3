using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Bedrock;

/// <summary>A look at which models the account has, and which it may have.</summary>
public sealed class ModelsListed : IDetection
{
    private static readonly Attempt Weight = new(Success: 3, Denied: 1);

    private static readonly string[] Calls =
    [
        "ListFoundationModels", "GetFoundationModelAvailability", "ListFoundationModelAgreementOffers", "GetUseCaseForModelAccess", "ListCustomModels",
        "ListImportedModels", "ListInferenceProfiles", "ListProvisionedModelThroughputs",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "bedrock.models-listed",
        Title = "Bedrock models and access to them listed",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudServiceDiscovery],
        Selectors = [Selector.Reads(EventSources.Bedrock, Calls)],
        Why = "Thieves of model time try each region for the models that can be used at once.",
        BenignCauses = ["The Bedrock console's start page", "Applications and agent tools that look their model up", "CSPM scanners"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record) => Delegation.IsByService(record)
        ? null
        : Weight.Finding(record, "called", "call", $"Bedrock {Plain.Name(record.EventName)}")?.With("modelId", record.Request.Any("modelId").Text);

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        .. Calls.Select(call => DetectionExample.Match($"a call of {call}", EventSources.Bedrock, call)),
        DetectionExample.Match("a refused look", EventSources.Bedrock, "ListFoundationModels", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a service that looks on the user's behalf", EventSources.Bedrock, "ListFoundationModels") with { InvokedBy = "sagemaker.amazonaws.com" },
        DetectionExample.Ignore("throttling", EventSources.Bedrock, "ListFoundationModels", errorCode: "ThrottlingException"),
    ];
}
