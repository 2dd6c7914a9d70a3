using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Lambda;

/// <summary>A function URL that asks nobody to sign.</summary>
public sealed class PublicUrl : IDetection
{
    private static readonly Attempt Weight = Attempt.Third(30);
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 8);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lambda.public-url",
        Title = "Function URL open to the internet",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ModifyComputeConfigurations, Techniques.ExternalRemoteServices],
        Selectors = [Selector.Writes(EventSources.Lambda, "CreateFunctionUrlConfig", "UpdateFunctionUrlConfig")],
        Why = "With authentication type NONE a function is called by whoever knows its address. The November 2025 campaign left such a function behind.",
        BenignCauses = ["A public web hook or site", "A trial in a developer's account"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (!record.Request.IsPresent)
            return Unrecorded.Finding(record, "opened", "open", "a Lambda function's URL");
        if (record.Request["authType"].Text != "NONE")
            return null;
        var function = record.Request["functionName"].Text;
        return Weight.Finding(record, "opened", "open", $"the URL of the Lambda function {Plain.Name(function)} to the internet")
            ?.With("functionName", function)
            .With("functionUrl", record.Response["functionUrl"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a URL without sign-in", EventSources.Lambda, "CreateFunctionUrlConfig", """{"functionName":"worker","authType":"NONE"}"""),
        DetectionExample.Match("a URL opened later", EventSources.Lambda, "UpdateFunctionUrlConfig", """{"functionName":"worker","authType":"NONE"}"""),
        DetectionExample.Match("a function that does not exist", EventSources.Lambda, "CreateFunctionUrlConfig",
            """{"functionName":"worker","authType":"NONE"}""", "ResourceNotFoundException"),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Lambda, "CreateFunctionUrlConfig", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a URL that asks for a signature", EventSources.Lambda, "CreateFunctionUrlConfig",
            """{"functionName":"worker","authType":"AWS_IAM"}"""),
        DetectionExample.Ignore("a change of something else", EventSources.Lambda, "UpdateFunctionUrlConfig",
            """{"functionName":"worker","invokeMode":"RESPONSE_STREAM"}"""),
    ];
}
