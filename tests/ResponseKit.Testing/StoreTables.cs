using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;

namespace ResponseKit.Testing;

/// <summary>ResponseKit's table in an emulated account.</summary>
public static class StoreTables
{
    private const string Alias = "alias/responsekit-seal";

    /// <summary>Makes the table, as a deployment would.</summary>
    public static async Task<StoreTable> CreateAsync(EmulatorFixture emulator, TestAccount account, string region = "us-east-1")
    {
        var credentials = new BasicAWSCredentials("AKIAROOT" + account.Id, "any");
        var dynamo = new AmazonDynamoDBClient(credentials, emulator.Settings.For(new AmazonDynamoDBConfig(), region));
        await dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = "responsekit",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new(StoreTable.Partition, ScalarAttributeType.S), new(StoreTable.Sort, ScalarAttributeType.S)],
            KeySchema = [new(StoreTable.Partition, KeyType.HASH), new(StoreTable.Sort, KeyType.RANGE)],
        });
        var (kms, key) = await SealKeyAsync(emulator, account, region);
        return new StoreTable(dynamo, "responsekit") { Seal = new StateSeal(new KmsSealRoot(kms, key, "responsekit"), TimeProvider.System) };
    }

    /// <summary>The account's seal key, made when first asked for, and KMS with all rights to it.</summary>
    public static async Task<(AmazonKeyManagementServiceClient Kms, string Arn)> SealKeyAsync(EmulatorFixture emulator, TestAccount account, string region = "us-east-1")
    {
        var credentials = new BasicAWSCredentials("AKIAROOT" + account.Id, "any");
        var kms = new AmazonKeyManagementServiceClient(credentials, emulator.Settings.For(new AmazonKeyManagementServiceConfig(), region));
        try
        {
            return (kms, (await kms.DescribeKeyAsync(new DescribeKeyRequest { KeyId = Alias })).KeyMetadata.Arn);
        }
        catch (NotFoundException)
        {
            var made = (await kms.CreateKeyAsync(new CreateKeyRequest { KeySpec = KeySpec.HMAC_256, KeyUsage = KeyUsageType.GENERATE_VERIFY_MAC })).KeyMetadata;
            await kms.CreateAliasAsync(new CreateAliasRequest { AliasName = Alias, TargetKeyId = made.KeyId });
            return (kms, made.Arn);
        }
    }
}
