using FsCheck.Fluent;
using ResponseKit.Deployment;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Rules;
using ResponseKit.Tests.Detections;

namespace ResponseKit.Tests.Deployment;

/// <summary>What a deployment knows for its own, and what only looks like it.</summary>
public sealed class OwnPartsTests
{
    private const string Hub = "444455556666";
    private const string Member = "222233334444";
    private const string Home = "eu-west-1";
    private const string Key = "0f9e8d7c-1111-4000-8000-00000000abcd";
    private const string Topic = "ResponseKit-HubTopicTopic0A1B2C3D-Zx9Yw8Vu7T";

    private static readonly OwnDeployment Known = Read(
        $"arn:aws:kms:{Home}:{Hub}:key/{Key} arn:aws:sns:{Home}:{Hub}:{Topic} ResponseKit-HubStoreTable12345678-QWERTY responsekit-hubstoreevidence12345678-qwerty");

    /// <summary>Spellings of one thing in the hub, each of which must be known for it.</summary>
    public static TheoryData<string, string, string> Spellings => new()
    {
        { EventSources.Kms, "DisableKey", $$"""{"keyId":"{{Key}}"}""" },
        { EventSources.Kms, "ScheduleKeyDeletion", $$"""{"keyId":"arn:aws:kms:{{Home}}:{{Hub}}:key/{{Key}}","pendingWindowInDays":7}""" },
        { EventSources.Sns, "DeleteTopic", $$"""{"topicArn":"arn:aws:sns:{{Home}}:{{Hub}}:{{Topic}}"}""" },
        { EventSources.DynamoDb, "DeleteTable", """{"tableName":"ResponseKit-HubStoreTable12345678-QWERTY"}""" },
        { EventSources.DynamoDb, "DeleteTable", $$"""{"tableName":"arn:aws:dynamodb:{{Home}}:{{Hub}}:table/ResponseKit-HubStoreTable12345678-QWERTY"}""" },
        { EventSources.S3, "DeleteBucket", """{"bucketName":"responsekit-hubstoreevidence12345678-qwerty"}""" },
        { EventSources.Lambda, "DeleteFunction20150331", """{"functionName":"ResponseKit-triage"}""" },
        { EventSources.Lambda, "DeleteFunction20150331", """{"functionName":"ResponseKit-triage:live"}""" },
        { EventSources.Lambda, "PutFunctionConcurrency20171031", $$"""{"functionName":"{{Hub}}:function:ResponseKit-triage","reservedConcurrentExecutions":0}""" },
        { EventSources.Lambda, "UpdateFunctionCode20150331v2", $$"""{"functionName":"arn:aws:lambda:{{Home}}:{{Hub}}:function:ResponseKit-iam-contain-user:3"}""" },
        { EventSources.StepFunctions, "StopExecution", $$"""{"executionArn":"arn:aws:states:{{Home}}:{{Hub}}:execution:ResponseKit:inc-20260504-100000-0123456789ab-1"}""" },
        { EventSources.StepFunctions, "DeleteStateMachine", $$"""{"stateMachineArn":"arn:aws:states:{{Home}}:{{Hub}}:stateMachine:ResponseKit"}""" },
        { EventSources.Events, "DisableRule", """{"name":"ResponseKit-triage","eventBusName":"ResponseKit"}""" },
        { EventSources.Events, "RemoveTargets", $$"""{"rule":"ResponseKit-changes-iam","ids":["people"],"eventBusName":"arn:aws:events:{{Home}}:{{Hub}}:event-bus/ResponseKit"}""" },
        { EventSources.Events, "DeleteEventBus", """{"name":"ResponseKit"}""" },
        { EventSources.CloudWatch, "DeleteAlarms", """{"alarmNames":["shop","ResponseKit-ResponseKit-triage-failing","ResponseKit-quiet"]}""" },
        { EventSources.CloudFormation, "DeleteStack", $$"""{"stackName":"arn:aws:cloudformation:{{Home}}:{{Hub}}:stack/ResponseKit-Hub/00000000-0000-4000-8000-000000000001"}""" },
        { EventSources.CloudFormation, "DeleteStackSet", """{"stackSetName":"ResponseKit-rules:00000000-0000-4000-8000-000000000001"}""" },
        { EventSources.Iam, "PutRolePolicy", """{"roleName":"ResponseKit-triage","policyName":"x"}""" },
        { EventSources.Iam, "UpdateAssumeRolePolicy", """{"roleName":"responsekitresponder"}""" },
    };

    /// <summary>Named like ours in the hub, and not what the deployment made: a decoy for an innocent job to stumble over.</summary>
    public static TheoryData<string, string, string> Decoys => new()
    {
        { EventSources.Sns, "DeleteTopic", $$"""{"topicArn":"arn:aws:sns:{{Home}}:{{Hub}}:ResponseKit-HubTopicTopic0A1B2C3D-decoy"}""" },
        { EventSources.Lambda, "DeleteFunction20150331", """{"functionName":"ResponseKit-demo"}""" },
        { EventSources.DynamoDb, "DeleteTable", """{"tableName":"ResponseKit-scratch"}""" },
        { EventSources.Events, "DeleteRule", """{"name":"ResponseKit-writes-of-mine"}""" },
        { EventSources.Events, "DeleteRule", """{"name":"ResponseKit-changes-orders"}""" },
        { EventSources.CloudWatch, "DeleteAlarms", """{"alarmNames":["ResponseKit-cpu"]}""" },
        { EventSources.CloudFormation, "DeleteStack", """{"stackName":"ResponseKit-sandbox"}""" },
        { EventSources.Iam, "DeleteRole", """{"roleName":"ResponseKit-workshop"}""" },
    };

    /// <summary>Somebody else's, whatever their names remind of.</summary>
    public static TheoryData<string, string, string> Others => new()
    {
        { EventSources.Kms, "DisableKey", """{"keyId":"0a1b2c3d-0000-4000-8000-000000000001"}""" },
        { EventSources.DynamoDb, "DeleteTable", """{"tableName":"old-responsekit-notes"}""" },
        { EventSources.Sns, "DeleteTopic", $$"""{"topicArn":"arn:aws:sns:{{Home}}:{{Hub}}:ResponseKitchen"}""" },
        { EventSources.Sns, "DeleteTopic", $$"""{"topicArn":"arn:aws:sns:us-west-2:{{Hub}}:{{Topic}}"}""" },
        { EventSources.Sns, "DeleteTopic", $$"""{"topicArn":"arn:aws:sns:{{Home}}:{{Member}}:{{Topic}}"}""" },
        { EventSources.Lambda, "DeleteFunction20150331", $$"""{"functionName":"{{Member}}:function:ResponseKit-triage"}""" },
        { EventSources.Lambda, "DeleteFunction20150331", """{"functionName":"worker:ResponseKit-triage"}""" },
        { EventSources.Events, "DeleteRule", """{"name":"ResponseKit-triage","eventBusName":"orders"}""" },
        { EventSources.StepFunctions, "StopExecution", $$"""{"executionArn":"arn:aws:states:{{Home}}:{{Hub}}:execution:orders:ResponseKit"}""" },
        { EventSources.CloudFormation, "DeleteStack", """{"stackName":"ResponseKitchen"}""" },
        { EventSources.Iam, "DeleteRole", """{"roleName":"NotResponseKit-triage"}""" },
        { EventSources.Sqs, "DeleteQueue", """{"queueUrl":"https://example.net/ResponseKit-x"}""" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_part_is_known_however_a_request_spells_it(string source, string call, string request)
    {
        var touch = OwnParts.Touched(Record(source, call, request), Known);
        Assert.NotNull(touch);
        Assert.True(touch.IsCertain, touch.Name);
        Assert.True(Finding(source, call, request, Known)!.Decisive);
    }

    [Theory]
    [MemberData(nameof(Decoys))]
    public void A_decoy_is_told_and_never_decisive(string source, string call, string request)
    {
        var finding = Finding(source, call, request, Known);
        Assert.NotNull(finding);
        Assert.True(finding is { Decisive: false, Grave: true });
        Assert.Contains("by its name", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CreateRole", """{"roleName":"ResponseKit-metrics","tags":[{"key":"team","value":"a"},{"key":"ResponseKit-enters-accounts","value":"true"}]}""")]
    [InlineData("TagRole", """{"roleName":"ResponseKit-metrics","tags":[{"key":"responsekit-enters-ACCOUNTS","value":"true"}]}""")]
    [InlineData("CreateRole", """{"path":"/ResponseKit-x/","roleName":"metrics","tags":[{"key":"ResponseKit-enters-accounts","value":"true"}]}""")]
    [InlineData("UntagRole", """{"roleName":"ResponseKit-look","tagKeys":["ResponseKit-enters-accounts"]}""")]
    public void Letting_a_role_into_the_accounts_or_keeping_one_of_ours_out_is_decisive(string call, string request) =>
        Assert.True(Finding(EventSources.Iam, call, request, Known)!.Decisive);

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_somebody_elses_is_not_ours(string source, string call, string request) => Assert.Null(Finding(source, call, request, Known));

    [Theory]
    [InlineData(EventSources.Lambda, "DeleteFunction20150331", """{"functionName":"ResponseKit-triage"}""")]
    [InlineData(EventSources.Iam, "DeleteRole", """{"roleName":"ResponseKit-triage"}""")]
    [InlineData(EventSources.Kms, "DisableKey", $$"""{"keyId":"{{Key}}"}""")]
    [InlineData(EventSources.StepFunctions, "DeleteStateMachine", """{"stateMachineArn":"arn:aws:states:eu-west-1:111122223333:stateMachine:ResponseKit"}""")]
    public void What_only_the_hub_has_is_nobodys_part_in_another_account(string source, string call, string request) =>
        Assert.Null(Finding(source, call, request, Known, Member));

    [Theory]
    [InlineData(EventSources.Events, "DisableRule", """{"name":"ResponseKit-alarms"}""")]
    [InlineData(EventSources.Iam, "PutRolePermissionsBoundary", """{"roleName":"ResponseKitResponder"}""")]
    [InlineData(EventSources.Iam, "DeleteRole", """{"roleName":"ResponseKit-forwarder"}""")]
    [InlineData(EventSources.CloudWatch, "DeleteAlarms", """{"alarmNames":["ResponseKit-unforwarded-events"]}""")]
    [InlineData(EventSources.CloudFormation, "DeleteStack", """{"stackName":"StackSet-ResponseKit-rules-0a1b2c3d-0000-4000-8000-000000000001"}""")]
    public void What_every_account_has_is_ours_in_every_account(string source, string call, string request) =>
        Assert.True(Finding(source, call, request, Known, Member)!.Decisive);

    [Fact]
    public void A_key_is_known_by_what_CloudTrail_writes_beside_the_request()
    {
        var record = Examples.Parse(Json(EventSources.Kms, "PutKeyPolicy", """{"keyId":"alias/some-name","policyName":"default"}""", Hub)
            .Replace("\"eventType\"", $"\"resources\":[{{\"accountId\":\"{Hub}\",\"type\":\"AWS::KMS::Key\",\"ARN\":\"arn:aws:kms:{Home}:{Hub}:key/{Key}\"}}],\"eventType\"", StringComparison.Ordinal));
        Assert.True(OwnParts.Touched(record, Known)!.IsCertain);
    }

    [Theory]
    [InlineData(EventSources.Lambda, "TagResource20170331v2", """{"resource":"arn:aws:lambda:eu-west-1:444455556666:function:ResponseKit-triage","tags":{"a":"b"}}""")]
    [InlineData(EventSources.Logs, "PutRetentionPolicy", """{"logGroupName":"ResponseKit-HubtriageLog0123","retentionInDays":30}""")]
    [InlineData(EventSources.Iam, "TagRole", """{"roleName":"ResponseKitResponder","tags":[{"key":"cost","value":"7"}]}""")]
    [InlineData(EventSources.S3, "PutBucketLifecycle", """{"bucketName":"responsekit-hubstoreevidence12345678-qwerty"}""")]
    [InlineData(EventSources.Kms, "CreateGrant", $$"""{"keyId":"{{Key}}","granteePrincipal":"ec2.amazonaws.com"}""")]
    public void Tagging_and_retention_are_no_evidence(string source, string call, string request) => Assert.Null(Finding(source, call, request, Known));

    [Theory]
    [InlineData(EventSources.CloudWatch, "PutMetricAlarm", """{"alarmName":"ResponseKit-quiet","threshold":3}""")]
    [InlineData(EventSources.CloudWatch, "SetAlarmState", """{"alarmName":"ResponseKit-quiet","stateValue":"ALARM"}""")]
    [InlineData(EventSources.Sns, "SetSubscriptionAttributes",
        $$"""{"subscriptionArn":"arn:aws:sns:eu-west-1:444455556666:{{Topic}}:00000000-0000-4000-8000-000000000003","attributeName":"FilterPolicy"}""")]
    [InlineData(EventSources.Lambda, "UpdateFunctionConfiguration20150331v2", """{"functionName":"ResponseKit-triage","tracingConfig":{"mode":"Active"}}""")]
    [InlineData(EventSources.Lambda, "PutFunctionConcurrency20171031", """{"functionName":"ResponseKit-triage","reservedConcurrentExecutions":40}""")]
    public void What_people_do_on_purpose_now_and_then_is_told_and_not_decisive(string source, string call, string request) =>
        Assert.True(Finding(source, call, request, Known) is { Decisive: false, Grave: true });

    [Fact]
    public void What_was_refused_is_evidence_and_nothing_more() =>
        Assert.True(Look(Json(EventSources.DynamoDb, "DeleteTable", """{"tableName":"ResponseKit-HubStoreTable12345678-QWERTY"}""", Hub, "AccessDenied"), Known)
            is { Decisive: false, Weight: > 0 and < 50 });

    [Theory]
    [InlineData("lambda-function", "ResponseKit-triage", true)]
    [InlineData("iam-role", "ResponseKitResponder", true)]
    [InlineData("iam-role", "ResponseKit-forwarder", true)]
    [InlineData("events-rule", "ResponseKit/ResponseKit-triage", true)]
    [InlineData("lambda-function", "worker", false)]
    [InlineData("iam-user", "ResponseKitResponder", false)]
    [InlineData("iam-role", "NotResponseKit-triage", false)]
    public void Own_parts_are_no_targets(string kind, string name, bool isOwn) =>
        Assert.Equal(isOwn, OwnParts.IsOwn(ResourceRef.Of(ResourceKind.Find(kind)!, Hub, Home, name)));

    [Fact]
    public void Every_call_is_denied_by_the_policy_against_tampering() => Assert.All(OwnParts.All, part => Assert.All(part.Calls.Where(call => !call.HasNoResource), call => Assert.True(
        part.Denied.Any(action => action.EndsWith('*') ? call.IamAction.StartsWith(action[..^1], StringComparison.Ordinal) : action == call.IamAction),
        $"{part.Service}:{call.IamAction} of {part.Id} is not among what the policy against tampering denies.")));

    [Fact]
    public void No_name_without_a_hyphen_behind_the_word_is_ours() => Properties.Holds(
        from before in Properties.TextOf("ab-/:._", 0, 6) from after in Properties.TextOf("abXYZ019_", 1, 8) select before + "ResponseKit" + after,
        name => name.Equals("ResponseKitResponder", StringComparison.OrdinalIgnoreCase) || !OwnNames.IsLikeOurs(name));

    [Fact]
    public void Whatever_a_request_holds_nothing_is_thrown() => Properties.Holds(Properties.Hostile, text =>
    {
        foreach (var part in OwnParts.All)
        {
            foreach (var field in part.Fields)
            {
                var request = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { [field] = text });
                _ = Finding(part.EventSource, part.Calls[0].Operation, request, Known);
                _ = Finding(part.EventSource, part.Calls[0].Operation, request, null);
            }
        }

        return true;
    });

    private static OwnDeployment Read(string text) =>
        OwnDeployment.TryRead(text, ["iam.contain-user"], OwnRules.DeliversCalls, out var deployment) ? deployment : throw new InvalidOperationException(text);

    private static Finding? Finding(string source, string call, string request, OwnDeployment? known, string account = Hub) =>
        Look(Json(source, call, request, account), known);

    private static Finding? Look(string json, OwnDeployment? known) =>
        Examples.Detection("responsekit.tampered").Look(Examples.Parse(json), new DetectionSettings { Own = known });

    private static CloudTrailRecord Record(string source, string call, string request) => Examples.Parse(Json(source, call, request, Hub));

    private static string Json(string source, string call, string request, string account, string? error = null) =>
        new DetectionExample("", true, source, call, request, error).ToRecordJson()
            .Replace(DetectionExample.Account, "\u0001", StringComparison.Ordinal).Replace("\u0001", account, StringComparison.Ordinal)
            .Replace($"\"awsRegion\":\"{DetectionExample.Region}\"", $"\"awsRegion\":\"{Home}\"", StringComparison.Ordinal);
}
