using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// The key of table, bucket, topic and logs. A key of one's own is needed: alarms and rules cannot send to a topic under the key that SNS brings
/// (Amazon SNS Developer Guide, "Key management"), and its use stands in CloudTrail.
/// </summary>
internal sealed class HubKey : Construct
{
    /// <summary>Makes the key.</summary>
    public HubKey(Construct scope, string id)
        : base(scope, id)
    {
        Key = new Key(this, "Key", new KeyProps
        {
            Description = "ResponseKit: incidents, evidence, notifications and logs.",
            EnableKeyRotation = true,
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        Key.AddToResourcePolicy(new Statement(["kms:Decrypt*", "kms:DescribeKey", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"], ["*"])
            .When("ArnLike", "kms:EncryptionContext:aws:logs:arn", $"arn:{Here.Partition}:logs:{Here.Region}:{Here.Account}:log-group:*")
            .ToStatement(new ServicePrincipal($"logs.{Here.Region}.amazonaws.com")));
        Key.AddToResourcePolicy(new Statement(["kms:Decrypt", "kms:GenerateDataKey*"], ["*"])
            .When("StringEquals", "aws:SourceAccount", Here.Account)
            .ToStatement(new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("events.amazonaws.com")));
    }

    /// <summary>The key.</summary>
    public Key Key { get; }
}
