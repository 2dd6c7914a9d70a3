using ResponseKit.Detections;
using ResponseKit.Detections.Ec2;
using ResponseKit.Policy;

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
    [InlineData("ec2.amazonaws.com", "ModifySnapshotAttribute", """{"snapshotId":"snap-1","createVolumePermission":{"add":{"items":[{"userId":"999900001111"}]}}}""", DamageKind.Exfiltration)]
    [InlineData("ec2.amazonaws.com", "ModifyImageAttribute", """{"imageId":"ami-1","launchPermission":{"add":{"items":[{"group":"all"}]}}}""", DamageKind.Exfiltration)]
    [InlineData("rds.amazonaws.com", "ModifyDBClusterSnapshotAttribute", """{"dBClusterSnapshotIdentifier":"s","attributeName":"restore","valuesToAdd":["999900001111"]}""", DamageKind.Exfiltration)]
    [InlineData("dynamodb.amazonaws.com", "ExportTableToPointInTime", """{"tableArn":"t","s3Bucket":"b","s3BucketOwner":"999900001111"}""", DamageKind.Exfiltration)]
    [InlineData("backup.amazonaws.com", "DeleteBackupVaultLockConfiguration", """{"backupVaultName":"main"}""", DamageKind.Destruction)]
    [InlineData("s3.amazonaws.com", "PutBucketPolicy", """{"bucketName":"b","bucketPolicy":{"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::999900001111:root"},"Action":"*","Resource":"*"}]}}""", DamageKind.Destruction)]
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
    [InlineData("ec2.amazonaws.com", "ModifyImageAttribute", """{"imageId":"ami-1","launchPermission":{"add":{"items":[{"userId":"999900001111"}]}}}""")]
    [InlineData("ec2.amazonaws.com", "ModifySnapshotAttribute", """{"snapshotId":"snap-1","createVolumePermission":{"add":{"items":[{"userId":"111122223333"}]}}}""")]
    [InlineData("rds.amazonaws.com", "DeleteDBInstance", """{"dBInstanceIdentifier":"test","skipFinalSnapshot":true}""")]
    [InlineData("rds.amazonaws.com", "DeleteDBInstance", """{"dBInstanceIdentifier":"test","skipFinalSnapshot":false,"finalDBSnapshotIdentifier":"test-final"}""")]
    [InlineData("dynamodb.amazonaws.com", "DeleteTable", """{"tableName":"test"}""")]
    [InlineData("kms.amazonaws.com", "ScheduleKeyDeletion", """{"keyId":"0a1b2c3d","pendingWindowInDays":30}""")]
    [InlineData("backup.amazonaws.com", "DeleteRecoveryPoint", """{"backupVaultName":"main","recoveryPointArn":"x"}""")]
    [InlineData("ssm.amazonaws.com", "StartSession", """{"target":"i-0a1b2c3d4e5f60718"}""")]
    [InlineData("iam.amazonaws.com", "CreateServiceSpecificCredential", """{"userName":"deploy","serviceName":"bedrock.amazonaws.com"}""")]
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

    [Theory]
    [InlineData("ec2.amazonaws.com", "ModifySnapshotAttribute", """{"snapshotId":"snap-1","createVolumePermission":{"add":{"items":[{"userId":"999900001111"}]}}}""")]
    [InlineData("rds.amazonaws.com", "ModifyDBSnapshotAttribute", """{"dBSnapshotIdentifier":"s","attributeName":"restore","valuesToAdd":["999900001111"]}""")]
    [InlineData("ec2.amazonaws.com", "CopySnapshot", """{"sourceSnapshotId":"snap-1","kmsKeyId":"arn:aws:kms:us-east-1:999900001111:key/0a1b"}""")]
    [InlineData("dynamodb.amazonaws.com", "ExportTableToPointInTime", """{"tableArn":"t","s3Bucket":"b","s3BucketOwner":"999900001111"}""")]
    [InlineData("s3.amazonaws.com", "PutBucketEncryption",
        """{"bucketName":"b","ServerSideEncryptionConfiguration":{"Rule":{"ApplyServerSideEncryptionByDefault":{"KMSMasterKeyID":"arn:aws:kms:us-east-1:999900001111:key/0a1b"}}}}""")]
    [InlineData("iam.amazonaws.com", "CreateRole",
        """{"roleName":"r","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"999900001111\"},\"Action\":\"sts:AssumeRole\"}]}"}""")]
    public void Sharing_is_a_grave_act_only_where_the_account_is_not_known(string source, string name, string request)
    {
        Assert.NotEmpty(Kinds(source, name, request));
        Assert.Empty(Kinds(source, name, request, new() { KnownAccounts = ["999900001111"] }));
    }

    [Fact]
    public void Protecting_one_modest_server_at_its_launch_hinders_nobody_and_protecting_many_or_costly_ones_does()
    {
        Assert.InRange(Protected(1, "t3.micro"), 0, 2);
        Assert.InRange(Protected(20, "t3.micro"), 10, 20);
        Assert.InRange(Protected(1, "g5.12xlarge"), 10, 20);
    }

    private static int Protected(int count, string type) => new ProtectedLaunch().Look(DetectionExample.Match(
        "x", "ec2.amazonaws.com", "RunInstances",
        $$"""{"instancesSet":{"items":[{"minCount":1,"maxCount":{{count}}}]},"instanceType":"{{type}}","disableApiTermination":true}""").Record())?.Weight ?? 0;

    private static IEnumerable<DamageKind> Kinds(string source, string name, string request, DetectionSettings? settings = null)
    {
        var record = DetectionExample.Match("x", source, name, request).Record();
        return DetectionCatalogue.All.Select(detection => detection.Look(record, settings)?.Damage).OfType<DamageKind>().Distinct();
    }
}
