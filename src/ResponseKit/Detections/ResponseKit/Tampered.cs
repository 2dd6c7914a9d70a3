using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.ResponseKit;

/// <summary>
/// ResponseKit's own parts changed or deleted, known by their names. Anybody may give such a name, so it is a reason to look and never one to look away.
/// Its rules are the detection <c>events.rule-silenced</c>'s.
/// </summary>
public sealed class Tampered : IDetection
{
    private const string Prefix = "ResponseKit";
    private static readonly Attempt Weight = new(Success: 55, Denied: 16, Failed: 10);

    /// <summary>Where requests and answers name what they are about: by name, ARN or address.</summary>
    private static readonly string[] Names =
    [
        "functionName", "roleName", "stateMachineArn", "executionArn", "tableName", "topicArn", "subscriptionArn", "queueUrl", "logGroupName", "stackName",
        "functionArn",
    ];

    private static readonly string[] OfRoles =
    [
        "DeleteRole", "DeleteRolePolicy", "PutRolePolicy", "AttachRolePolicy", "DetachRolePolicy", "UpdateAssumeRolePolicy", "PutRolePermissionsBoundary",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "responsekit.tampered",
        Title = "ResponseKit itself changed or deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors =
        [
            Selector.Writes(
                EventSources.Lambda, "DeleteFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration", "PutFunctionConcurrency", "RemovePermission",
                "DeleteEventSourceMapping"),
            Selector.Writes(EventSources.Iam, OfRoles),
            Selector.Writes(EventSources.StepFunctions, "DeleteStateMachine", "UpdateStateMachine", "StopExecution"),
            Selector.Writes(EventSources.DynamoDb, "DeleteTable"),
            Selector.Writes(EventSources.Sns, "DeleteTopic", "Unsubscribe"),
            Selector.Writes(EventSources.Sqs, "DeleteQueue", "PurgeQueue"),
            Selector.Writes(EventSources.Logs, "DeleteLogGroup"),
            Selector.Writes(EventSources.CloudFormation, "DeleteStack"),
        ],
        Why = "An intruder with administrator's rights who finds ResponseKit in the account makes it harmless first.",
        BenignCauses = ["ResponseKit being updated or removed by whoever runs it; the policy file names that role among the responders"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        if (OwnName(record) is not { } name)
            return null;

        // Of refused calls Lambda and IAM do not record what they were about; what is there then is somebody's invention.
        var isRecorded = record.EventSource is not (EventSources.Lambda or EventSources.Iam) || record.Outcome.TookEffect;
        return isRecorded ? Weight.Finding(record, "changed", "change", $"ResponseKit itself: {record.EventName} of {Plain.Name(name)}")?.With("name", name) : null;
    }

    private static string? OwnName(CloudTrailRecord record)
    {
        foreach (var field in Names)
        {
            if (record.Request[field].Text is { } requested && IsOwn(requested))
                return requested;
            if (record.Response[field].Text is { } answered && IsOwn(answered))
                return answered;
        }

        return null;
    }

    // Of an ARN, an address or a path any part may be the name: a log group's begins with /aws/lambda.
    private static bool IsOwn(string name) =>
        name.Length <= 2048 && name.Contains(Prefix, StringComparison.OrdinalIgnoreCase)
        && name.Split(':', '/').Any(part => part.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a function deleted", EventSources.Lambda, "DeleteFunction20150331", """{"functionName":"ResponseKit-Triage"}"""),
        DetectionExample.Match("a function's code replaced", EventSources.Lambda, "UpdateFunctionCode20150331v2",
            """{"functionName":"arn:aws:lambda:us-east-1:111122223333:function:ResponseKit-Triage","publish":false}"""),
        DetectionExample.Match("a function's settings changed", EventSources.Lambda, "UpdateFunctionConfiguration20150331v2",
            """{"functionName":"ResponseKit-Triage","timeout":1}"""),
        DetectionExample.Match("a function kept from running", EventSources.Lambda, "PutFunctionConcurrency20171031",
            """{"functionName":"ResponseKit-Triage","reservedConcurrentExecutions":0}"""),
        DetectionExample.Match("a function that its rule may not call any more", EventSources.Lambda, "RemovePermission20150331v2",
            """{"functionName":"ResponseKit-Triage","statementId":"rule"}"""),
        DetectionExample.Match("a function that its queue does not reach any more", EventSources.Lambda, "DeleteEventSourceMapping20150331",
            """{"uUID":"00000000-0000-4000-8000-000000000003"}""",
            response: """{"functionArn":"arn:aws:lambda:us-east-1:111122223333:function:ResponseKit-Triage"}"""),
        .. OfRoles.Select(call => DetectionExample.Match($"a role by {call}", EventSources.Iam, call, """{"roleName":"ResponseKitResponder","policyName":"p"}""")),
        DetectionExample.Match("a state machine deleted", EventSources.StepFunctions, "DeleteStateMachine",
            """{"stateMachineArn":"arn:aws:states:us-east-1:111122223333:stateMachine:ResponseKit-Response"}"""),
        DetectionExample.Match("a state machine changed", EventSources.StepFunctions, "UpdateStateMachine",
            """{"stateMachineArn":"arn:aws:states:us-east-1:111122223333:stateMachine:ResponseKit-Response","definition":"{}"}"""),
        DetectionExample.Match("a response stopped", EventSources.StepFunctions, "StopExecution",
            """{"executionArn":"arn:aws:states:us-east-1:111122223333:execution:ResponseKit-Response:x"}"""),
        DetectionExample.Match("the receipts deleted", EventSources.DynamoDb, "DeleteTable", """{"tableName":"ResponseKit-Receipts"}"""),
        DetectionExample.Match("the notices' topic deleted", EventSources.Sns, "DeleteTopic",
            """{"topicArn":"arn:aws:sns:us-east-1:111122223333:ResponseKit-Notices"}"""),
        DetectionExample.Match("a person who gets no notices any more", EventSources.Sns, "Unsubscribe",
            """{"subscriptionArn":"arn:aws:sns:us-east-1:111122223333:ResponseKit-Notices:00000000-0000-4000-8000-000000000003"}"""),
        DetectionExample.Match("a queue deleted", EventSources.Sqs, "DeleteQueue",
            """{"queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/ResponseKit-DeadLetters"}"""),
        DetectionExample.Match("a queue emptied", EventSources.Sqs, "PurgeQueue",
            """{"queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/responsekit-events"}"""),
        DetectionExample.Match("a function's logs deleted", EventSources.Logs, "DeleteLogGroup", """{"logGroupName":"/aws/lambda/ResponseKit-Triage"}"""),
        DetectionExample.Match("the whole of it deleted", EventSources.CloudFormation, "DeleteStack", """{"stackName":"ResponseKit"}"""),
        DetectionExample.Match("a refused attempt", EventSources.DynamoDb, "DeleteTable", """{"tableName":"ResponseKit-Receipts"}""", "AccessDenied"),
        DetectionExample.Ignore("another function", EventSources.Lambda, "UpdateFunctionCode20150331v2", """{"functionName":"worker"}"""),
        DetectionExample.Ignore("a name that only holds the word", EventSources.DynamoDb, "DeleteTable", """{"tableName":"old-responsekit"}"""),
        DetectionExample.Ignore("a refused attempt, of which nothing is known", EventSources.Lambda, "DeleteFunction20150331", errorCode: "AccessDeniedException"),
    ];
}
