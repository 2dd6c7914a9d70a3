using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.Lambda;

/// <summary>Many environments of a function kept warm, which cost whether they are called or not.</summary>
public sealed class ConcurrencyProvisioned : IDetection
{
    private const int Many = 100;
    private const int VeryMany = 500;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lambda.concurrency-provisioned",
        Title = "Much provisioned concurrency for a function",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ServerlessExecution, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Lambda, "PutProvisionedConcurrencyConfig")],
        Why = "Warm environments run code at start, hundreds at once, and are billed by the hour.",
        BenignCauses = ["A function that must answer at once at a known peak"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var count = record.Request["provisionedConcurrentExecutions"].Number ?? 0;
        var function = record.Request["functionName"].Text;
        return Attempt.Third(count >= VeryMany ? 20 : count >= Many ? 12 : 0)
            .Finding(record, "requested", "request",
                string.Create(CultureInfo.InvariantCulture, $"{count} warm environments of the Lambda function {Plain.Name(function)}"))
            ?.With("functionName", function)
            .With("count", count.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a thousand", EventSources.Lambda, "PutProvisionedConcurrencyConfig20190930",
            """{"functionName":"worker","qualifier":"live","provisionedConcurrentExecutions":1000}"""),
        DetectionExample.Ignore("five", EventSources.Lambda, "PutProvisionedConcurrencyConfig",
            """{"functionName":"worker","qualifier":"live","provisionedConcurrentExecutions":5}"""),
    ];
}
