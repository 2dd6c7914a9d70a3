using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.Bedrock;

/// <summary>Model time bought by the hour or month, whether it is used or not.</summary>
public sealed class ThroughputPurchased : IDetection
{
    private static readonly Attempt Weight = new(Success: 15, Denied: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "bedrock.throughput-purchased",
        Title = "Provisioned throughput of a Bedrock model purchased",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking],
        Selectors = [Selector.Writes(EventSources.Bedrock, "CreateProvisionedModelThroughput")],
        Why = "Provisioned throughput lifts the limits that slow down stolen model time, at the price of many machines.",
        BenignCauses = ["A team that brings an application with a custom model into production"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var model = record.Request.Any("modelId").Text;
        var units = record.Request.Any("modelUnits").Number;
        return Weight.Finding(record, "requested", "request", $"provisioned throughput of the Bedrock model {Plain.Name(model)}")
            ?.With("modelId", model)
            .With("modelUnits", units?.ToString(CultureInfo.InvariantCulture))
            .With("commitmentDuration", record.Request.Any("commitmentDuration").Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("two units for a month", EventSources.Bedrock, "CreateProvisionedModelThroughput",
            """{"modelId":"anthropic.claude-3-haiku-20240307-v1:0","modelUnits":2,"provisionedModelName":"w","commitmentDuration":"OneMonth"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Bedrock, "CreateProvisionedModelThroughput", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a model that is not sold so", EventSources.Bedrock, "CreateProvisionedModelThroughput", """{"modelUnits":1}""", "ValidationException"),
    ];
}
