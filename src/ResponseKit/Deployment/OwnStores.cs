using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Deployment.OwnHarm;

namespace ResponseKit.Deployment;

/// <summary>The parts that keep what must not be lost: table, bucket, queues, logs, keys.</summary>
internal static class OwnStores
{
    private const string Ours = DeployedNames.Prefix;

    public static ImmutableArray<OwnPart> All { get; } =
    [
        new("table", "the table", "dynamodb", EventSources.DynamoDb)
        {
            Types = ["AWS::DynamoDB::Table"],
            Fields = ["tableName", "resourceArn"],
            Prefixes = ["table/"],
            Resources = [$"table/{Ours}-*"],
            HasMadeUpNames = true,
            Example = $"\"tableName\":\"{Ours}-HubStoreTable0123\"",
            Calls =
            [
                new("DeleteTable", Breaks),
                // What DynamoDB calls SSESpecification, CloudTrail spells sSESpecification.
                new("UpdateTable", Weakens)
                {
                    ByRequest = request => request["deletionProtectionEnabled"].Flag is false || request["sSESpecification"].IsPresent ? Breaks : Weakens,
                },
                new("PutResourcePolicy", Weakens), new("UpdateContinuousBackups", Weakens), new("UpdateTimeToLive", Weakens),
            ],
            Denied = ["DeleteTable*", "PutResourcePolicy", "UpdateContinuousBackups", "UpdateTable*", "UpdateTimeToLive"],
        },
        new("bucket", "the bucket", "s3", EventSources.S3)
        {
            Types = ["AWS::S3::Bucket", "AWS::S3::BucketPolicy"],
            IsGlobal = true,
            Fields = ["bucketName"],
            Prefixes = [""],
            Resources = [$"{Ours.ToLowerInvariant()}-*"],
            HasMadeUpNames = true,
            Example = $"\"bucketName\":\"{Ours.ToLowerInvariant()}-hubstoreevidence0123\"",
            Calls =
            [
                new("DeleteBucket", Breaks), new("DeleteBucketEncryption", Weakens), new("DeleteBucketPolicy", Weakens),
                new("DeleteBucketPublicAccessBlock", Weakens), new("PutBucketEncryption", Weakens) { Action = "PutEncryptionConfiguration" },
                new("PutBucketPolicy", Weakens), new("PutBucketPublicAccessBlock", Weakens), new("PutBucketVersioning", Weakens),
                new("PutBucketLifecycle", Nothing) { Action = "PutLifecycleConfiguration" },
            ],
            Denied = ["DeleteBucket*", "PutBucket*", "PutEncryptionConfiguration", "PutLifecycleConfiguration"],
        },
        new("queues", "the queue", "sqs", EventSources.Sqs)
        {
            Place = OwnPlace.Everywhere,
            Types = ["AWS::SQS::Queue", "AWS::SQS::QueuePolicy"],
            Fields = ["queueUrl"],
            Prefixes = [""],
            Resources = [$"{Ours}-*", $"StackSet-{Ours}-*"],
            HasMadeUpNames = true,
            Example = $"\"queueUrl\":\"https://sqs.us-east-1.amazonaws.com/111122223333/{Ours}-HubFailedQueue0123\"",
            Calls =
            [
                new("DeleteQueue", Breaks), new("AddPermission", Weakens), new("PurgeQueue", Weakens), new("RemovePermission", Weakens),
                new("SetQueueAttributes", Weakens),
            ],
            Denied = ["AddPermission", "DeleteQueue", "PurgeQueue", "RemovePermission", "SetQueueAttributes"],
        },
        new("logs", "the log group", "logs", EventSources.Logs)
        {
            Types = ["AWS::Logs::LogGroup", "AWS::Logs::MetricFilter"],
            Fields = ["logGroupName", "logGroupIdentifier", "resourceIdentifier"],
            Prefixes = ["log-group:"],
            Resources = [$"log-group:{Ours}-*"],
            HasMadeUpNames = true,
            Example = $"\"logGroupName\":\"{Ours}-HubtriageLog0123\"",
            Calls =
            [
                new("DeleteLogGroup", Breaks), new("DeleteMetricFilter", Breaks), new("DeleteLogStream", Weakens), new("DisassociateKmsKey", Weakens),
                new("PutMetricFilter", Weakens), new("DeleteRetentionPolicy", Nothing), new("PutRetentionPolicy", Nothing),
            ],
            Denied = ["DeleteLog*", "DeleteMetricFilter", "DeleteRetentionPolicy", "DisassociateKmsKey", "PutMetricFilter", "PutRetentionPolicy"],
        },
        new("keys", "the key", "kms", EventSources.Kms)
        {
            Types = ["AWS::KMS::Key", "AWS::KMS::Alias"],
            Fields = ["keyId", "aliasName", "targetKeyId"],
            Prefixes = ["key/", "alias/"],
            // By its tag and not by name: see DeployedNames.KeyTag.
            Resources = [],
            HasMadeUpNames = true,
            Example = $"\"keyId\":\"alias/{Ours}-state\",\"aliasName\":\"alias/{Ours}-state\",\"tagKeys\":[\"{DeployedNames.KeyTag}\"],"
                + $"\"tags\":[{{\"tagKey\":\"{DeployedNames.KeyTag}\",\"tagValue\":\"false\"}}]",
            Calls =
            [
                new("DisableKey", Breaks), new("ScheduleKeyDeletion", Breaks), new("PutKeyPolicy", Breaks), new("RevokeGrant", Breaks),
                new("DeleteAlias", Breaks), new("UpdateAlias", Breaks), new("DisableKeyRotation", Weakens), new("UpdatePrimaryRegion", Weakens),
                new("TagResource", Nothing) { ByRequest = request => request["tags"].Items.Take(50).Any(tag => IsKeyTag(tag["tagKey"])) ? Weakens : Nothing },
                new("UntagResource", Nothing) { ByRequest = request => request["tagKeys"].Items.Take(50).Any(IsKeyTag) ? Weakens : Nothing },
                // Services make very many of them, and none that anybody makes takes something away.
                new("CreateGrant", Nothing),
            ],
            Denied =
            [
                "CreateGrant", "DeleteAlias", "DisableKey*", "PutKeyPolicy", "RevokeGrant", "ScheduleKeyDeletion", "TagResource", "UntagResource", "UpdateAlias",
                "UpdatePrimaryRegion",
            ],
        },
    ];

    private static bool IsKeyTag(Field name) => name.Text == DeployedNames.KeyTag;
}
