using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions;
using ResponseKit.Aws.Stores;
using ResponseKit.Correlation;
using ResponseKit.Deploy.Tests.Deployed;
using ResponseKit.Deployment;
using ResponseKit.Rules;

namespace ResponseKit.Deploy.Tests;

/// <summary>What is in an account after <c>cdk deploy -c scope=account</c>.</summary>
public sealed class ResourceTests
{
    public static TheoryData<string> Functions => [.. Ids];

    private static IEnumerable<string> Ids => FunctionIds.All.Concat(ActionCatalogue.All.Select(action => action.Descriptor.Id));

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Each_function_has_its_settings_its_role_and_the_one_package(string id)
    {
        var account = await DeployedAccount.FindAsync();
        var function = await account.FunctionAsync(DeployedNames.Function(id));

        Assert.Equal("dotnet10", function.Runtime);
        Assert.Equal("ResponseKit.Functions", function.Handler);
        Assert.Equal($"arn:aws:iam::{account.Id}:role/{DeployedNames.Function(id)}", function.Role);
        Assert.Equal(id, function.Environment[FunctionVariables.Function]);
        Assert.Equal(account.Outputs["Table"], function.Environment[FunctionVariables.Table]);
        Assert.Equal(DeployedNames.ExternalId(account.Id), function.Environment[FunctionVariables.ExternalId]);
        Assert.Equal(id == FunctionIds.Triage ? account.Outputs["StateMachine"] : null, function.Environment.GetValueOrDefault(FunctionVariables.StateMachine));
        Assert.InRange(function.ReservedConcurrency ?? 0, 1, 20);
        Assert.Equal((await account.FunctionAsync(DeployedNames.Function(FunctionIds.Triage))).CodeSha256, function.CodeSha256);
    }

    [Fact]
    public async Task What_the_outputs_call_functions_is_what_there_is() => Assert.Equal(
        Ids.Select(DeployedNames.Function), (await DeployedAccount.FindAsync()).Outputs["Functions"].Split(','));

    [Theory]
    [InlineData(DeployedAccount.Home)]
    [InlineData(DeployedAccount.Further)]
    public async Task Each_region_has_the_rules_of_the_catalogue_switched_on_and_none_for_other_reads_than_sessions(string region)
    {
        var account = await DeployedAccount.FindAsync();
        var rules = await DeployedRule.ForwardingAsync(account, region);

        Assert.Equal(
            EventRules.For(Observer.Selectors, [new ResponderRole().ArnIn("aws-us-gov", account.Id)], new RulePlace("aws-us-gov", account.Id, "xx-somewhere-0"))
                .Where(rule => !rule.IsOptional).Select(rule => rule.Name).Order(StringComparer.Ordinal),
            rules.Select(rule => rule.Name).Order(StringComparer.Ordinal));
        Assert.All(rules, rule => Assert.Equal(rule.Name == "ResponseKit-sessions" ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED", rule.State));
    }

    [Theory]
    [InlineData(DeployedAccount.Home)]
    [InlineData(DeployedAccount.Further)]
    public async Task Rules_of_every_region_lead_to_the_hub_with_a_queue_for_what_it_does_not_take(string region)
    {
        var account = await DeployedAccount.FindAsync();
        // The one that watches the key goes straight to people.
        foreach (var rule in (await DeployedRule.ListAsync(account, region)).Where(rule => rule.Name != "ResponseKit-key-state"))
        {
            var target = Assert.Single((await account.AskAsync("AWSEvents.ListTargetsByRule", new { Rule = rule.Name }, region))["Targets"]!.AsArray())!;
            Assert.Equal(account.Arn("events", "event-bus/ResponseKit"), target["Arn"]!.GetValue<string>());
            Assert.Equal($"arn:aws:iam::{account.Id}:role/ResponseKit-forwarder", target["RoleArn"]!.GetValue<string>());
            Assert.StartsWith(account.Arn("sqs", "", region), target["DeadLetterConfig"]!["Arn"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_table_forgets_what_expires_and_cannot_be_deleted_or_lost()
    {
        var account = await DeployedAccount.FindAsync();
        using var dynamo = new AmazonDynamoDBClient(account.Owner, account.Emulator.Settings.For(new AmazonDynamoDBConfig(), DeployedAccount.Home));
        var name = account.Outputs["Table"];

        var table = (await dynamo.DescribeTableAsync(name)).Table;
        var expiry = (await dynamo.DescribeTimeToLiveAsync(name)).TimeToLiveDescription;
        var backups = (await dynamo.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = name })).ContinuousBackupsDescription;

        Assert.Equal([StoreTable.Partition, StoreTable.Sort], table.KeySchema.Select(key => key.AttributeName));
        Assert.True(table.DeletionProtectionEnabled);
        Assert.Equal((TimeToLiveStatus.ENABLED, StoreTable.Expires), (expiry.TimeToLiveStatus, expiry.AttributeName));
        Assert.Equal(PointInTimeRecoveryStatus.ENABLED, backups.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus);
        await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => dynamo.DeleteTableAsync(name));
    }

    [Fact]
    public async Task The_state_machine_runs_under_its_own_role_and_calls_functions_that_are_there()
    {
        var account = await DeployedAccount.FindAsync();
        var machine = await account.AskAsync("AWSStepFunctions.DescribeStateMachine", new { stateMachineArn = account.Outputs["StateMachine"] });

        Assert.Equal("ACTIVE", machine["status"]!.GetValue<string>());
        Assert.Equal($"arn:aws:iam::{account.Id}:role/ResponseKit-state-machine", machine["roleArn"]!.GetValue<string>());
        var definition = machine["definition"]!.GetValue<string>();
        Assert.All(
            Ids.Where(id => id is not (FunctionIds.Triage or FunctionIds.Sweep or FunctionIds.Undo)),
            id => Assert.Contains($"\"{account.Arn("lambda", $"function:{DeployedNames.Function(id)}")}\"", definition, StringComparison.Ordinal));
    }
}
