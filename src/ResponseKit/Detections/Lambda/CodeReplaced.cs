using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Lambda;

/// <summary>A function made to run other code, or the same code with another role.</summary>
public sealed class CodeReplaced : IDetection
{
    private const int CodeWeight = 3;
    private const int LayersWeight = 5;
    private const int RoleWeight = 8;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lambda.code-replaced",
        Title = "Code, layers or role of a Lambda function replaced",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ServerlessExecution, Techniques.EventTriggeredExecution],
        Selectors = [Selector.Writes(EventSources.Lambda, "UpdateFunctionCode", "UpdateFunctionConfiguration")],
        Why = "Put into a function that others call, foreign code runs with its role and is hard to see; a layer leaves even the function's own code as it was.",
        BenignCauses =
        [
            "CI deployers, with every deployment", "Monitoring agents that come as layers: Datadog, New Relic, Lambda Insights",
            "Infrastructure as code that sends all settings each time",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        if (request["dryRun"].Flag is true)
            return null;
        var function = request["functionName"].Text;
        // CloudFormation sends every setting with every change, so that naming a role or layer there does not mean another one.
        var isWhole = Delegation.IsByService(record);
        var (weight, what) = record.Is(EventSources.Lambda, "UpdateFunctionCode") ? (CodeWeight, "the code")
            : !request.IsPresent ? (CodeWeight, "the configuration")
            : isWhole ? (0, "")
            : request["role"].IsPresent ? (RoleWeight, "the role")
            : request["layers"].Items.Any() ? (LayersWeight, "the layers")
            : (0, "");
        if (weight == 0)
            return null;
        return new Attempt(weight, Denied: Math.Max(1, weight / 3))
            .Finding(record, "changed", "change", $"{what} of the Lambda function {Plain.Name(function)}")
            ?.With("functionName", function)
            .With("role", request["role"].Text)
            .With("layers", Layers(request));
    }

    private static string? Layers(Field request)
    {
        string[] layers = [.. request["layers"].Items.Select(layer => layer.Text).OfType<string>().Take(10)];
        return layers.Length == 0 ? null : string.Join(", ", layers);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("other code", EventSources.Lambda, "UpdateFunctionCode20150331v2", """{"functionName":"worker","dryRun":false,"publish":true}"""),
        DetectionExample.Match("a layer", EventSources.Lambda, "UpdateFunctionConfiguration20150331v2",
            """{"functionName":"worker","environment":{},"layers":["arn:aws:lambda:us-east-1:444455556666:layer:helper:1"]}"""),
        DetectionExample.Match("another role", EventSources.Lambda, "UpdateFunctionConfiguration20150331v2",
            """{"functionName":"worker","role":"arn:aws:iam::111122223333:role/admin"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Lambda, "UpdateFunctionCode20150331v2", errorCode: "AccessDenied"),
        DetectionExample.Match("a refused change of the configuration", EventSources.Lambda, "UpdateFunctionConfiguration20150331v2", errorCode: "AccessDenied"),
        DetectionExample.Ignore("code that is only checked", EventSources.Lambda, "UpdateFunctionCode20150331v2", """{"functionName":"worker","dryRun":true}"""),
        DetectionExample.Ignore("more memory", EventSources.Lambda, "UpdateFunctionConfiguration20150331v2", """{"functionName":"worker","memorySize":512}"""),
        DetectionExample.Ignore("all settings, sent by CloudFormation", EventSources.Lambda, "UpdateFunctionConfiguration20150331v2",
            """{"functionName":"worker","role":"arn:aws:iam::111122223333:role/worker","layers":[]}""") with { InvokedBy = "cloudformation.amazonaws.com" },
        DetectionExample.Ignore("a function that is still changing", EventSources.Lambda, "UpdateFunctionCode20150331v2",
            """{"functionName":"worker"}""", "ResourceConflictException"),
    ];
}
