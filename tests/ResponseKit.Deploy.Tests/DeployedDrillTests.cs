using System.Text.Json;
using ResponseKit.Deploy.Tests.Deployed;

namespace ResponseKit.Deploy.Tests;

/// <summary>The whole of it: deployed by CDK, told by EventBridge, carried through by Step Functions, done by functions in processes of their own.</summary>
[Collection(Order.Drills)]
public sealed class DeployedDrillTests
{
    [Fact]
    public async Task What_is_deployed_contains_the_attack_and_the_result_tells_what_the_emulator_could_not_show()
    {
        var result = await DrillRuns.EnforceAsync();

        Assert.Empty(Failed(result));
        Assert.True(result.GetProperty("passed").GetBoolean());
        Assert.Equal(17, result.GetProperty("checks").GetArrayLength());
        var calls = result.GetProperty("calls");
        Assert.True(calls.GetProperty("iam").GetProperty("AttachUserPolicy").GetInt32() >= 1);
        // The state machine's calls of functions, and the functions' of their table.
        Assert.True(calls.GetProperty("lambda").GetProperty("Invoke").GetInt32() >= 10);
        Assert.True(calls.GetProperty("dynamodb").GetProperty("PutItem").GetInt32() >= 10);
        Assert.Contains(result.GetProperty("timeline").EnumerateArray(), moment => moment.GetProperty("text").GetString()!.EndsWith("SUCCEEDED", StringComparison.Ordinal));
        var limits = result.GetProperty("notEmulated").EnumerateArray().Select(limit => limit.GetProperty("what").GetString()).ToList();
        Assert.Contains(limits, what => what!.EndsWith("AWS::EventSchemas::Schema", StringComparison.Ordinal));
        Assert.Contains("CloudWatch alarms", limits);
    }

    [Fact]
    public async Task What_is_deployed_to_observe_plans_in_its_table_and_changes_nothing()
    {
        var result = await DrillRuns.ObserveAsync();

        Assert.Empty(Failed(result));
        Assert.True(result.GetProperty("passed").GetBoolean());
        Assert.False(result.GetProperty("calls").TryGetProperty("ec2", out var ec2) && ec2.TryGetProperty("TerminateInstances", out _));
    }

    private static IEnumerable<string> Failed(JsonElement result) =>
        result.GetProperty("checks").EnumerateArray().Where(check => !check.GetProperty("passed").GetBoolean()).Select(check => check.ToString());
}
