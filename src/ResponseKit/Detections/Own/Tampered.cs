using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Own;

/// <summary>
/// ResponseKit's own parts changed or deleted: <see cref="OwnParts"/> says which they are and what must not be done to them. What breaks it is decisive where
/// the deployment knows the part for its own; what is only named like one is a reason to look, since anybody may give such a name.
/// </summary>
public sealed class Tampered : IConfiguredDetection
{
    private static readonly Attempt Breaking = new(Success: 60, Denied: 20, Failed: 10);
    private static readonly Attempt Weakening = new(Success: 50, Denied: 16, Failed: 10);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "responsekit.tampered",
        Title = "ResponseKit itself changed or deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors =
        [
            .. from part in OwnParts.All
               from call in part.Calls
               where call.Harm != OwnHarm.Nothing || call.ByRequest is not null
               group call.Operation by part.EventSource into calls
               select Selector.Writes(calls.Key, [.. calls.Distinct(StringComparer.Ordinal)]),
        ],
        Why = "An intruder with administrator's rights who finds ResponseKit in the account makes it harmless first.",
        BenignCauses = ["ResponseKit being updated or removed by a role that the policy file does not name in guards.deployers", "An alarm changed on purpose"],
        OwnDeployersMay = true,
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        if (OwnParts.Touched(record, settings.Own) is not { } touch || touch.HarmOf(record) is not (not OwnHarm.Nothing and var harm))
            return null;
        // Of refused calls some services do not record what they were about; what is there then is somebody's invention.
        if (touch.Part.HidesRefused && !record.Outcome.TookEffect)
            return null;
        var named = touch.IsCertain ? "" : ", by its name";
        var finding = (harm == OwnHarm.Breaks ? Breaking : Weakening).Finding(
            record, "changed", "change", $"ResponseKit itself: {record.EventName} of {touch.Part.Noun} {Plain.Name(touch.Name)}{named}");
        return finding is null
            ? null
            : (finding with { Grave = true, Decisive = harm == OwnHarm.Breaks && record.Outcome.TookEffect })
                .Doing(record, touch.IsCertain ? DamageKind.Blinding : null)
                .With("part", touch.Part.Id)
                .With("name", touch.Name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        .. from part in OwnParts.All
           from call in part.Calls
           where call.Harm != OwnHarm.Nothing || call.ByRequest is not null
           select DetectionExample.Match($"{part.Noun} by {call.Operation} ({part.Id})", part.EventSource, call.Operation, $"{{{part.Example}}}"),
        DetectionExample.Match("a function by the end of its ARN, the operation with a version", EventSources.Lambda, "UpdateFunctionCode20150331v2",
            """{"functionName":"111122223333:function:ResponseKit-triage:live"}"""),
        DetectionExample.Match("a rule on the hub's bus", EventSources.Events, "DisableRule",
            """{"name":"ResponseKit-triage","eventBusName":"arn:aws:events:us-east-1:111122223333:event-bus/ResponseKit"}"""),
        DetectionExample.Match("one alarm among others", EventSources.CloudWatch, "DeleteAlarms", """{"alarmNames":["billing","ResponseKit-not-responding"]}"""),
        DetectionExample.Match("a table that may be deleted from now on", EventSources.DynamoDb, "UpdateTable",
            """{"tableName":"arn:aws:dynamodb:us-east-1:111122223333:table/ResponseKit-HubStoreTable0123","deletionProtectionEnabled":false}"""),
        DetectionExample.Match("a refused attempt", EventSources.DynamoDb, "DeleteTable", """{"tableName":"ResponseKit-HubStoreTable0123"}""", "AccessDenied"),
        DetectionExample.Match("a stack that its protection kept from being deleted", EventSources.CloudFormation, "DeleteStack",
            """{"stackName":"ResponseKit"}""", "ValidationException"),
        DetectionExample.Ignore("another function", EventSources.Lambda, "UpdateFunctionCode20150331v2", """{"functionName":"worker"}"""),
        DetectionExample.Ignore("a name that only holds the word", EventSources.DynamoDb, "DeleteTable", """{"tableName":"old-responsekit-notes"}"""),
        DetectionExample.Ignore("a name that only begins with the word", EventSources.Sns, "DeleteTopic",
            """{"topicArn":"arn:aws:sns:us-east-1:111122223333:ResponseKitchen-orders"}"""),
        DetectionExample.Ignore("a name of ours below somebody else's", EventSources.CloudWatch, "DeleteAlarms", """{"alarmNames":["team/ResponseKit-quiet"]}"""),
        DetectionExample.Ignore("a rule of ours by its name, on another bus", EventSources.Events, "DeleteRule",
            """{"name":"ResponseKit-writes","eventBusName":"orders"}"""),
        DetectionExample.Ignore("a tag on the key that is not ours", EventSources.Kms, "TagResource",
            """{"keyId":"alias/ResponseKit-state","tags":[{"tagKey":"cost-center","tagValue":"7"}]}"""),
        DetectionExample.Ignore("how a topic is called in mails", EventSources.Sns, "SetTopicAttributes",
            """{"topicArn":"arn:aws:sns:us-east-1:111122223333:ResponseKit-HubTopicTopic0123","attributeName":"DisplayName","attributeValue":"SOC"}"""),
        DetectionExample.Ignore("protection switched on", EventSources.CloudFormation, "UpdateTerminationProtection",
            """{"stackName":"ResponseKit","enableTerminationProtection":true}"""),
        DetectionExample.Ignore("a refused attempt, of which nothing is known", EventSources.Lambda, "DeleteFunction20150331", errorCode: "AccessDeniedException"),
    ];
}
