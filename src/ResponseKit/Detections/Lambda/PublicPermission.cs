using System.Collections.Immutable;
using System.Text;
using ResponseKit.Detections.Iam;
using ResponseKit.Records;
using ResponseKit.Text;

namespace ResponseKit.Detections.Lambda;

/// <summary>A Lambda function that everyone may call.</summary>
public sealed class PublicPermission : IDetection
{
    private const int Weight = 35;
    private const int NarrowedWeight = 10;
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 10);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "lambda.public-permission",
        Title = "Lambda function made callable by everyone",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ModifyComputeConfigurations, Techniques.EventTriggeredExecution],
        Selectors = [Selector.Writes(EventSources.Lambda, "AddPermission")],
        Why = "A function that anyone may call is a way back in that needs no credential at all: it runs with its role's rights.",
        BenignCauses = ["A public web hook or site behind a function URL"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        if (!request.IsPresent)
            return Unrecorded.Finding(record, "gave", "give", "a permission to call a Lambda function");
        if (!TrustedPrincipal.Named(Principal(request)).Contains(new TrustedPrincipal.Everyone()) || request["principalOrgID"].IsPresent)
            return null;

        // With a source, only that source's events pass: the service behind it is meant, although everyone is named.
        var isNarrowed = request["sourceArn"].IsPresent || request["sourceAccount"].IsPresent;
        var function = request["functionName"].Text;
        return Attempt.Third(isNarrowed ? NarrowedWeight : Weight)
            .Finding(record, "let", "let", $"everyone call the Lambda function {Plain.Name(function)}")
            ?.With("functionName", function)
            .With("action", request["action"].Text)
            .With("statementId", request["statementId"].Text)
            .With("functionUrlAuthType", request["functionUrlAuthType"].Text);
    }

    // A string as a rule; also a principal element, as an object or as its JSON.
    private static Field Principal(Field request)
    {
        var principal = request["principal"];
        return principal.Text is { } text && text.StartsWith('{') && JsonInput.TryRead(Encoding.UTF8.GetBytes(text), out var parsed, out _)
            ? new Field(parsed)
            : principal;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("everyone", EventSources.Lambda, "AddPermission20150331v2",
            """{"functionName":"worker","statementId":"s","action":"lambda:InvokeFunction","principal":"*"}"""),
        DetectionExample.Match("everyone, as a principal element", EventSources.Lambda, "AddPermission20150331v2",
            """{"functionName":"worker","statementId":"s","action":"lambda:InvokeFunction","principal":{"AWS":"*"}}"""),
        DetectionExample.Match("a function URL without sign-in", EventSources.Lambda, "AddPermission20150331v2",
            """{"functionName":"worker","statementId":"s","action":"lambda:InvokeFunctionUrl","principal":"*","functionUrlAuthType":"NONE"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Lambda, "AddPermission20150331v2", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a service", EventSources.Lambda, "AddPermission20150331v2",
            """
            {"functionName":"worker","statementId":"s","action":"lambda:InvokeFunction","principal":"events.amazonaws.com",
            "sourceArn":"arn:aws:events:us-east-1:111122223333:rule/nightly"}
            """),
        DetectionExample.Ignore("everyone in the organization", EventSources.Lambda, "AddPermission20150331v2",
            """{"functionName":"worker","statementId":"s","action":"lambda:InvokeFunction","principal":"*","principalOrgID":"o-example1234"}"""),
        DetectionExample.Ignore("one account", EventSources.Lambda, "AddPermission20150331v2",
            """{"functionName":"worker","statementId":"s","action":"lambda:InvokeFunction","principal":"444455556666"}"""),
    ];
}
