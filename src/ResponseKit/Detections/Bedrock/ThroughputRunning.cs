using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Bedrock;

/// <summary>Provisioned throughput of Bedrock: what it costs is added up. It is paid for by the hour, used or not.</summary>
public sealed class ThroughputRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "bedrock.throughput-running",
        Title = "Bedrock throughput provisioned, at its price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking],
        Selectors = [Selector.Writes(EventSources.Bedrock, "CreateProvisionedModelThroughput")],
        Why = "A model unit costs tens of dollars an hour, and can be committed to for months. It weighs nothing by itself.",
        BenignCauses = ["A product that has outgrown what is paid by use, as planned with finance"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var units = Amounts.Of(record.Request.Any("modelUnits"), 1);
        if (!Amounts.Counts(record) || units == 0)
            return null;
        var model = record.Request.Any("modelId").Text;
        var usd = units * ServicePrices.Unit(model, out var isEstimated);
        return new Finding(0, $"requested {Amounts.Text(units, "model unit")} of the Bedrock model {Plain.Name(model)}, {Dollars.AnHour(usd)}")
        {
            Cost = new Cost(usd) { IsEstimated = isEstimated },
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("two units", EventSources.Bedrock, "CreateProvisionedModelThroughput", """{"modelId":"anthropic.claude-v2:1","modelUnits":2,"provisionedModelName":"w"}"""),
        DetectionExample.Ignore("a refused call", EventSources.Bedrock, "CreateProvisionedModelThroughput", """{"modelUnits":2}""", "AccessDeniedException"),
    ];
}
