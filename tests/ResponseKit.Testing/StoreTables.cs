using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Stores;

namespace ResponseKit.Testing;

/// <summary>ResponseKit's table in an emulated account.</summary>
public static class StoreTables
{
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
        return new StoreTable(dynamo, "responsekit");
    }
}
