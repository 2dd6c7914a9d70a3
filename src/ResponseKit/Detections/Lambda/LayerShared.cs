using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Lambda;

/// <summary>A layer that every account may use.</summary>
public sealed class LayerShared : IDetection
{
    private static readonly Attempt Weight = new(Success: 8, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lambda.layer-shared",
        Title = "Lambda layer shared with everyone",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.EventTriggeredExecution],
        Selectors = [Selector.Writes(EventSources.Lambda, "AddLayerVersionPermission")],
        Why = "What is in a layer runs in every function that uses it, and its code is readable by whoever may.",
        BenignCauses = ["A vendor's public layer"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Request["principal"].Text != "*" || record.Request["organizationId"].IsPresent)
            return null;
        var layer = record.Request["layerName"].Text;
        return Weight.Finding(record, "let", "let", $"everyone use the Lambda layer {Plain.Name(layer)}")?.With("layerName", layer);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("everyone", EventSources.Lambda, "AddLayerVersionPermission20181031",
            """{"layerName":"tools","versionNumber":1,"statementId":"s","action":"lambda:GetLayerVersion","principal":"*"}"""),
        DetectionExample.Ignore("the organization", EventSources.Lambda, "AddLayerVersionPermission20181031",
            """{"layerName":"tools","principal":"*","organizationId":"o-0a1b"}"""),
        DetectionExample.Ignore("one account", EventSources.Lambda, "AddLayerVersionPermission",
            """{"layerName":"tools","principal":"444455556666"}"""),
    ];
}
