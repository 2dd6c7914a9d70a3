using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;
using ResponseKit.Aws.Stores;
using ResponseKit.Infra.Iam;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace ResponseKit.Infra.Hub;

/// <summary>What outlives the deployment: the table with incidents and receipts, and the bucket with evidence and reports.</summary>
internal sealed class HubStore : Construct
{
    private const int EvidenceDays = 365;

    /// <summary>Makes both.</summary>
    public HubStore(Construct scope, string id, IKey key)
        : base(scope, id)
    {
        Table = new Table(this, "Table", new TableProps
        {
            PartitionKey = new Attribute { Name = StoreTable.Partition, Type = AttributeType.STRING },
            SortKey = new Attribute { Name = StoreTable.Sort, Type = AttributeType.STRING },
            TimeToLiveAttribute = StoreTable.Expires,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            PointInTimeRecovery = true,
            DeletionProtection = true,
            Encryption = TableEncryption.CUSTOMER_MANAGED,
            EncryptionKey = key,
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        Evidence = new Bucket(this, "Evidence", new BucketProps
        {
            BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
            BucketKeyEnabled = true,
            Encryption = BucketEncryption.KMS,
            EncryptionKey = key,
            EnforceSSL = true,
            MinimumTLSVersion = 1.2,
            ObjectLockEnabled = true,
            ObjectLockDefaultRetention = ObjectLockRetention.Governance(Duration.Days(EvidenceDays)),
            ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
            RemovalPolicy = RemovalPolicy.RETAIN,
            Versioned = true,
        });
        // Governance may be passed by whoever has this permission; so nobody has it without changing the bucket's policy first, which stands out.
        Evidence.AddToResourcePolicy(new Statement(["s3:BypassGovernanceRetention"], [Evidence.ArnForObjects("*")]) { Denies = true }
            .ToStatement(new Amazon.CDK.AWS.IAM.AnyPrincipal()));
    }

    /// <summary>The table.</summary>
    public Table Table { get; }

    /// <summary>The bucket.</summary>
    public Bucket Evidence { get; }
}
