using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Lambda;

/// <summary>A new Lambda function.</summary>
public sealed class FunctionCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 3, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lambda.function-created",
        Title = "Lambda function created",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ServerlessExecution],
        Selectors = [Selector.Writes(EventSources.Lambda, "CreateFunction")],
        Why = "A function keeps its role's rights within reach when the stolen key is gone: behind a URL, an event or a schedule.",
        BenignCauses =
        [
            "CI deployers: CloudFormation, SAM, Serverless Framework, Terraform", "A developer in the console",
            "Tools that install a function for each of their stacks",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request["functionName"].Text;
        return Weight.Finding(record, "created", "create", name is null ? "a Lambda function" : $"the Lambda function {Plain.Name(name)}")
            ?.With("functionName", name)
            .With("role", record.Request["role"].Text)
            .With("runtime", record.Request["runtime"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a function", EventSources.Lambda, "CreateFunction20150331",
            """{"functionName":"worker","runtime":"python3.13","role":"arn:aws:iam::111122223333:role/worker","handler":"main.handler","code":{},"publish":false}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Lambda, "CreateFunction20150331", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a role that Lambda cannot take on yet", EventSources.Lambda, "CreateFunction20150331",
            """{"functionName":"worker"}""", "InvalidParameterValueException"),
    ];
}
