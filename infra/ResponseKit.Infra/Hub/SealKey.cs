using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// The key of which the seals of the table's items are derived. Apart from <see cref="HubKey"/>: whoever can make MACs with it can write state that is believed, so
/// that nobody but the functions may, and a person cannot read the table by it. Administrators may change the key and not use it.
/// AWS KMS Developer Guide, "HMAC keys in AWS KMS"; KMS rotates no such key.
/// </summary>
internal sealed class SealKey : Construct
{
    // Not kms:CreateGrant, by which the use of the key could be given away unseen by this policy.
    private static readonly string[] Administration =
    [
        "kms:CancelKeyDeletion", "kms:DescribeKey", "kms:DisableKey", "kms:EnableKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies",
        "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription",
    ];

    /// <summary>Makes the key.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="roleNames">The roles of the functions, by name: their own policies name the key, and a policy that names both ways could not be made.</param>
    public SealKey(Construct scope, string id, IEnumerable<string> roleNames)
        : base(scope, id)
    {
        var account = new AccountPrincipal(Here.Account);
        var roles = roleNames.Select(name => $"arn:{Here.Partition}:iam::{Here.Account}:role/{name}");
        Key = new CfnKey(this, "Key", new CfnKeyProps
        {
            Description = "ResponseKit: seals of incidents, receipts, ledgers and approvals.",
            KeySpec = "HMAC_256",
            KeyUsage = "GENERATE_VERIFY_MAC",
            PendingWindowInDays = 30,
            KeyPolicy = new PolicyDocument(new PolicyDocumentProps
            {
                Statements =
                [
                    new Statement([.. Administration], ["*"]).ToStatement(account),
                    new Statement(["kms:GenerateMac"], ["*"]).When("ArnEquals", "aws:PrincipalArn", [.. roles]).ToStatement(account),
                ],
            }),
        });
        Key.ApplyRemovalPolicy(RemovalPolicy.RETAIN);
    }

    /// <summary>The key.</summary>
    public CfnKey Key { get; }
}
