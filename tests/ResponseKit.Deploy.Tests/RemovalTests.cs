using Amazon.DynamoDBv2;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Deploy.Tests.Deployed;
using ResponseKit.Deployment;

namespace ResponseKit.Deploy.Tests;

/// <summary>The deployment's end. After it there is nothing for other tests to look at.</summary>
[Collection(Order.Last)]
public sealed class RemovalTests
{
    [Fact]
    public async Task Deploying_again_changes_nothing_and_destroying_keeps_incidents_evidence_and_their_key()
    {
        var account = await DeployedAccount.FindAsync();
        using var dynamo = new AmazonDynamoDBClient(account.Owner, account.Emulator.Settings.For(new AmazonDynamoDBConfig(), DeployedAccount.Home));
        var key = (await dynamo.DescribeTableAsync(account.Outputs["Table"])).Table.SSEDescription.KMSMasterKeyArn;
        var before = (await account.Emulator.Control.HealthAsync(CancellationToken.None)).Next;

        var again = await account.Deployment.DeployAgainAsync(CancellationToken.None);

        Assert.Contains($"{DeployedNames.Prefix} (no changes)", again, StringComparison.Ordinal);
        Assert.Contains($"{DeployedNames.Prefix}-{DeployedAccount.Further} (no changes)", again, StringComparison.Ordinal);
        Assert.Empty((await account.Emulator.Control.JournalAsync(new() { Account = account.Id, Since = before }, CancellationToken.None)).Calls
            .Where(call => call.Action is "CreateStack" or "UpdateStack" or "CreateChangeSet" or "ExecuteChangeSet" or "DeleteStack" || call.Call.StartsWith("lambda:Update", StringComparison.Ordinal)));

        var refused = await Assert.ThrowsAsync<DeploymentFailedException>(() => account.Deployment.DestroyAsync(CancellationToken.None));
        Assert.Contains("TerminationProtection", refused.Message, StringComparison.Ordinal);
        await account.Deployment.UnprotectAsync(CancellationToken.None);
        await account.Deployment.DestroyAsync(CancellationToken.None);

        Assert.Empty(await DeployedRule.ListAsync(account, DeployedAccount.Home));
        Assert.Empty(await DeployedRule.ListAsync(account, DeployedAccount.Further));
        foreach (var function in account.Outputs["Functions"].Split(','))
            await Assert.ThrowsAsync<HttpRequestException>(() => account.FunctionAsync(function));
        Assert.True((await dynamo.DescribeTableAsync(account.Outputs["Table"])).Table.DeletionProtectionEnabled);
        Assert.True(await account.HasBucketAsync(account.Outputs["Evidence"]));
        Assert.False(await account.HasBucketAsync("not-" + account.Outputs["Evidence"]));
        var kept = await account.AskAsync("TrentService.DescribeKey", new { KeyId = key });
        Assert.Equal("Enabled", kept["KeyMetadata"]!["KeyState"]!.GetValue<string>());
    }
}
