using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Correlation;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Stores;

/// <summary>What every store of allowances must do; and that DynamoDB's believes nobody else.</summary>
public sealed class AllowanceStoreTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private static readonly Allowance One = new()
    {
        Id = "inc-1-1",
        Account = "111122223333",
        Principal = "arn:aws:iam::111122223333:user/ci",
        Kinds = ["ec2.costly-launch"],
        UsdPerHour = 900,
        Owner = "ana",
        Reason = "training",
        From = CaseStores.Start,
        Until = CaseStores.Start.AddDays(30),
    };

    [Theory]
    [InlineData("memory")]
    [InlineData("dynamodb")]
    public async Task What_is_kept_is_there_until_it_is_taken_away(string kind)
    {
        using var account = emulator.NewAccount();
        IAllowanceStore store = kind == "memory" ? new MemoryAllowanceStore() : new DynamoAllowanceStore(await StoreTables.CreateAsync(emulator, account));

        await store.AddAsync(One, CancellationToken.None);
        await store.AddAsync(One with { UsdPerHour = 500 }, CancellationToken.None);
        await store.AddAsync(One with { Id = "inc-2-1" }, CancellationToken.None);

        Assert.Equal<Allowance[]>([One with { UsdPerHour = 500 }, One with { Id = "inc-2-1" }], [.. await store.AllAsync(CancellationToken.None)]);
        Assert.True(await store.RemoveAsync(One.Id, CancellationToken.None));
        Assert.False(await store.RemoveAsync(One.Id, CancellationToken.None));
        Assert.Equal(["inc-2-1"], (await store.AllAsync(CancellationToken.None)).Select(allowance => allowance.Id));
    }

    [Fact]
    public async Task One_that_was_written_into_the_table_or_moved_to_another_key_covers_nothing()
    {
        using var account = emulator.NewAccount();
        var table = await StoreTables.CreateAsync(emulator, account);
        var store = new DynamoAllowanceStore(table);
        await store.AddAsync(One, CancellationToken.None);
        var item = (await table.FindAsync("allowances", "allowance#inc-1-1", CancellationToken.None))!;
        item["sk"] = new AttributeValue("allowance#inc-9-9");
        await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item });
        item["sk"] = new AttributeValue("allowance#inc-1-1");
        item["rkSeal"] = new AttributeValue { B = new MemoryStream([1, 2, 3]) };
        await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item });

        var found = await store.AllAsync(CancellationToken.None);

        Assert.False(Assert.Single(found).IsVerified);
    }
}
