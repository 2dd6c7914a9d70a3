using System.Collections.Immutable;
using ResponseKit.Detections.Costs;
using ResponseKit.Records;

namespace ResponseKit.Detections.Lambda;

/// <summary>Environments of Lambda that are kept warm: what they cost is added up. They are paid for used or not.</summary>
public sealed class ConcurrencyRunning : IDetection
{
    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lambda.concurrency-running",
        Title = "Lambda concurrency provisioned, at its price",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CloudServiceHijacking, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Lambda, "PutProvisionedConcurrencyConfig")],
        Why = "A thousand warm environments cost whether they do anything or not; how much depends on the memory, which the call does not say. It weighs nothing by itself.",
        BenignCauses = ["Everybody who keeps functions warm"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var count = Amounts.Of(request.Any("provisionedConcurrentExecutions"), 0);
        if (!Amounts.Counts(record) || count == 0)
            return null;
        var function = request.Any("functionName").Text;
        return new Finding(0, $"requested {Amounts.Text(count, "warm environment")} of the Lambda function {Plain.Name(function)}")
        {
            Cost = new Cost(count * ServicePrices.WarmEnvironment) { IsEstimated = true, Sets = Amounts.Thing(record, "concurrency", $"{function} {request.Any("qualifier").Text}") },
        };
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("five", EventSources.Lambda, "PutProvisionedConcurrencyConfig20190930", """{"functionName":"worker","qualifier":"live","provisionedConcurrentExecutions":5}"""),
        DetectionExample.Ignore("a refused call", EventSources.Lambda, "PutProvisionedConcurrencyConfig",
            """{"functionName":"worker","provisionedConcurrentExecutions":5}""", "AccessDeniedException"),
    ];
}
