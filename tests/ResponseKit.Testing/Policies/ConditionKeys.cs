using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ResponseKit.Testing.Policies;

/// <summary>Of what type a condition key's value is.</summary>
internal enum ConditionType
{
    Text,

    /// <summary>A text that the caller chose the meaning of, such as what an encryption context says.</summary>
    Any,
    Arn,
    Bool,
    Date,
    Number,
    Address,
}

/// <summary>A condition key.</summary>
/// <param name="Type">Of what type its value is.</param>
/// <param name="IsMany">Whether a request may have several values for it.</param>
internal sealed record ConditionKey(ConditionType Type, bool IsMany = false)
{
    /// <summary>Whether an operator, without quantifier and IfExists, compares such values.</summary>
    public bool Takes(string name) => name == "Null" || Type switch
    {
        ConditionType.Text => name.StartsWith("String", StringComparison.Ordinal) || name == "BinaryEquals",
        ConditionType.Any => true,
        // An ARN is a text, too; but only the operators for ARNs match it part by part.
        ConditionType.Arn => name.StartsWith("Arn", StringComparison.Ordinal) || name is "StringEquals" or "StringNotEquals",
        ConditionType.Bool => name == "Bool",
        ConditionType.Date => name.StartsWith("Date", StringComparison.Ordinal) || name.StartsWith("Numeric", StringComparison.Ordinal),
        ConditionType.Number => name.StartsWith("Numeric", StringComparison.Ordinal),
        _ => name is "IpAddress" or "NotIpAddress",
    };
}

/// <summary>
/// The condition keys that our policies may use: the global ones, and those of services that we name (IAM User Guide, "AWS global condition context keys"; Service
/// Authorization Reference). A key that is right and not among them is added here with its type.
/// </summary>
internal static class ConditionKeys
{
    private static readonly FrozenDictionary<string, ConditionKey> Known = new (ConditionType Type, bool IsMany, string Keys)[]
    {
        (ConditionType.Text, false, "aws:CalledViaFirst aws:CalledViaLast aws:FederatedProvider aws:PrincipalAccount aws:PrincipalOrgID aws:PrincipalServiceName aws:PrincipalTag/ "
            + "aws:PrincipalType aws:referer aws:RequestedRegion aws:RequestTag/ aws:ResourceAccount aws:ResourceOrgID aws:ResourceTag/ aws:SourceAccount aws:SourceIdentity "
            + "aws:SourceOrgID aws:SourceVpc aws:SourceVpce aws:UserAgent aws:userid aws:username aws:VpceAccount aws:VpceOrgID"),
        (ConditionType.Text, true, "aws:CalledVia aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:ResourceOrgPaths aws:SourceOrgPaths aws:TagKeys"),
        (ConditionType.Arn, false, "aws:Ec2InstanceSourceVpc aws:PrincipalArn aws:SourceArn aws:SourceVpcArn"),
        (ConditionType.Bool, false, "aws:AssumedRoot aws:MultiFactorAuthPresent aws:PrincipalIsAWSService aws:SecureTransport aws:ViaAWSService"),
        (ConditionType.Date, false, "aws:CurrentTime aws:EpochTime aws:TokenIssueTime"),
        (ConditionType.Number, false, "aws:MultiFactorAuthAge"),
        (ConditionType.Address, false, "aws:SourceIp aws:VpcSourceIp"),
        (ConditionType.Text, false, "iam:AWSServiceName iam:PassedToService iam:PermissionsBoundary iam:ResourceTag/"),
        (ConditionType.Arn, false, "iam:AssociatedResourceArn iam:PolicyARN"),
        (ConditionType.Text, false, "kms:CallerAccount kms:GrantConstraintType kms:KeyOrigin kms:KeySpec kms:KeyUsage kms:MacAlgorithm kms:ViaService"),
        (ConditionType.Any, false, "kms:EncryptionContext:"),
        (ConditionType.Text, true, "kms:EncryptionContextKeys kms:GrantOperations kms:RequestAlias kms:ResourceAliases"),
        (ConditionType.Bool, false, "kms:BypassPolicyLockoutSafetyCheck kms:GrantIsForAWSResource kms:MultiRegion"),
        (ConditionType.Number, false, "kms:ScheduleKeyDeletionPendingWindowInDays"),
        (ConditionType.Text, false, "sts:AWSServiceName sts:ExternalId sts:RoleSessionName sts:SourceIdentity"),
        (ConditionType.Text, true, "sts:TransitiveTagKeys"),
        (ConditionType.Text, false, "events:creatorAccount events:detail-type events:detail.eventTypeCode events:detail.service events:detail.userIdentity.principalId events:source"),
        (ConditionType.Text, true, "events:eventBusInvocation events:ManagedBy"),
        (ConditionType.Arn, true, "events:TargetArn"),
        (ConditionType.Text, false, "lambda:CodeSigningConfigArn lambda:EventSourceToken lambda:FunctionUrlAuthType lambda:Principal lambda:SourceFunctionArn"),
        (ConditionType.Arn, false, "lambda:FunctionArn"),
        (ConditionType.Text, false, "s3:prefix s3:delimiter s3:signatureversion s3:x-amz-acl s3:x-amz-server-side-encryption s3:ResourceAccount"),
        (ConditionType.Number, false, "s3:TlsVersion s3:max-keys s3:object-lock-remaining-retention-days"),
        (ConditionType.Arn, false, "s3:x-amz-server-side-encryption-aws-kms-key-id"),
        (ConditionType.Text, false, "sns:Endpoint sns:Protocol"),
        (ConditionType.Text, false, "dynamodb:EnclosingOperation dynamodb:ReturnConsumedCapacity dynamodb:ReturnValues dynamodb:Select"),
        (ConditionType.Text, true, "dynamodb:Attributes dynamodb:LeadingKeys"),
        (ConditionType.Text, false, "ec2:Attribute ec2:CreateAction ec2:InstanceType ec2:Region ec2:ResourceTag/"),
        (ConditionType.Bool, false, "ec2:IsLaunchTemplateResource"),
        (ConditionType.Text, false, "autoscaling:ResourceTag/ ecs:ResourceTag/ secretsmanager:ResourceTag/ cloudformation:StackSetName cloudformation:TemplateUrl"),
        (ConditionType.Arn, false, "cloudformation:RoleArn ecs:cluster ecs:service ecs:task-definition"),
        (ConditionType.Text, false, "organizations:PolicyType organizations:ServicePrincipal"),
        (ConditionType.Text, false, "cloudwatch:namespace cloudwatch:requestInsightRuleLogGroups"),
    }.SelectMany(of => of.Keys.Split(' ').Select(key => (key, of.Type, of.IsMany)))
        .ToFrozenDictionary(one => one.key, one => new ConditionKey(one.Type, one.IsMany), StringComparer.OrdinalIgnoreCase);

    // Names that end so are followed by what the user chose, such as a tag's name.
    private static readonly ImmutableArray<string> Families = [.. Known.Keys.Where(IsFamily)];

    /// <summary>The key of this name; null for one that is not known. Case does not matter.</summary>
    public static ConditionKey? Find(string name) => !IsFamily(name) && Known.TryGetValue(name, out var key) ? key
        : Families.FirstOrDefault(family => name.Length > family.Length && name.StartsWith(family, StringComparison.OrdinalIgnoreCase)) is { } family ? Known[family]
        : null;

    private static bool IsFamily(string name) => name is [.., '/' or ':'];
}
