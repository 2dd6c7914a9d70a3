using ResponseKit.Detections;

namespace ResponseKit.Tests.Detections;

/// <summary>Which acts carry a sort of grave act, and which only look like one.</summary>
public sealed class DamageTests
{
    [Theory]
    [InlineData("cloudtrail.amazonaws.com", "StopLogging", """{"name":"main"}""", DamageKind.Blinding)]
    [InlineData("cloudtrail.amazonaws.com", "UpdateTrail", """{"name":"main","isMultiRegionTrail":false}""", DamageKind.Blinding)]
    [InlineData("guardduty.amazonaws.com", "DeleteDetector", """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0"}""", DamageKind.Blinding)]
    [InlineData("config.amazonaws.com", "StopConfigurationRecorder", """{"configurationRecorderName":"default"}""", DamageKind.Blinding)]
    [InlineData("securityhub.amazonaws.com", "DisableSecurityHub", "null", DamageKind.Blinding)]
    [InlineData("logs.amazonaws.com", "DeleteLogGroup", """{"logGroupName":"aws-cloudtrail-logs-111122223333"}""", DamageKind.Blinding)]
    [InlineData("organizations.amazonaws.com", "LeaveOrganization", "null", DamageKind.Blinding)]
    [InlineData("iam.amazonaws.com", "AttachUserPolicy", """{"userName":"ci-bot","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}""", DamageKind.BackDoor)]
    [InlineData("iam.amazonaws.com", "AddUserToGroup", """{"userName":"CI-bot","groupName":"Administrators"}""", DamageKind.BackDoor)]
    public void A_grave_act_says_which_sort_it_is(string source, string name, string request, DamageKind kind) =>
        Assert.Equal([kind], Kinds(source, name, request));

    [Theory]
    [InlineData("cloudtrail.amazonaws.com", "UpdateTrail", """{"name":"main","s3BucketName":"audit"}""")]
    [InlineData("guardduty.amazonaws.com", "CreateFilter", """{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","name":"f","action":"ARCHIVE"}""")]
    [InlineData("securityhub.amazonaws.com", "BatchDisableStandards", """{"StandardsSubscriptionArns":["x"]}""")]
    [InlineData("logs.amazonaws.com", "DeleteLogGroup", """{"logGroupName":"/aws/vpc-flow-logs/staging"}""")]
    [InlineData("logs.amazonaws.com", "PutRetentionPolicy", """{"logGroupName":"aws-cloudtrail-logs-111122223333","retentionInDays":1}""")]
    [InlineData("ec2.amazonaws.com", "DeleteFlowLogs", """{"DeleteFlowLogsRequest":{"FlowLogId":{"content":"fl-0a1b2c3d","tag":1}}}""")]
    [InlineData("monitoring.amazonaws.com", "DeleteAlarms", """{"alarmNames":["cpu"]}""")]
    [InlineData("iam.amazonaws.com", "AttachUserPolicy", """{"userName":"new-admin","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}""")]
    [InlineData("iam.amazonaws.com", "AddUserToGroup", """{"userName":"ci-bot","groupName":"readers"}""")]
    [InlineData("iam.amazonaws.com", "CreateAccessKey", """{"userName":"ci-bot"}""")]
    [InlineData("lambda.amazonaws.com", "CreateFunctionUrlConfig", """{"functionName":"web","authType":"NONE"}""")]
    public void An_ordinary_act_that_resembles_one_carries_none(string source, string name, string request) => Assert.Empty(Kinds(source, name, request));

    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void What_took_no_effect_is_no_grave_act(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        if (example.IsServiceEvent)
            return;
        foreach (var error in new[] { "AccessDenied", "Client.DryRunOperation", "ValidationException" })
            Assert.Null(detection.Look((example with { ErrorCode = error }).Record())?.Damage);
    }

    private static IEnumerable<DamageKind> Kinds(string source, string name, string request)
    {
        var record = DetectionExample.Match("x", source, name, request).Record();
        return DetectionCatalogue.All.Select(detection => detection.Look(record)?.Damage).OfType<DamageKind>().Distinct();
    }
}
