using System.Text.Json;

namespace ResponseKit.Cli.Tests.Drill;

public sealed class DrillTests
{
    [Theory]
    [InlineData("campaign", 17)]
    [InlineData("assumed-role", 17)]
    public async Task The_attack_is_contained_and_every_check_holds(string scenario, int checks)
    {
        var result = await DrillAsync(scenario);

        Assert.Equal(scenario, result.GetProperty("scenario").GetString());
        Assert.Empty(Failed(result));
        Assert.Equal(checks, result.GetProperty("checks").GetArrayLength());
        Assert.True(result.GetProperty("passed").GetBoolean());
        Assert.InRange(result.GetProperty("seconds").GetDouble(), 1, 1000);
        Assert.True(result.GetProperty("calls").GetProperty("iam").GetProperty("AttachUserPolicy").GetInt32() >= 1);
        var sides = result.GetProperty("timeline").EnumerateArray().Select(moment => moment.GetProperty("side").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "attacker", "responder" }, sides);
    }

    [Theory]
    [InlineData("observe")]
    [InlineData("approve")]
    public async Task Where_it_may_not_act_everything_is_planned_and_nothing_is_changed(string mode)
    {
        var result = await DrillAsync("campaign", "--mode", mode);

        Assert.Empty(Failed(result));
        Assert.True(result.GetProperty("passed").GetBoolean());
        Assert.False(result.GetProperty("calls").GetProperty("ec2").TryGetProperty("TerminateInstances", out _));
    }

    [Theory]
    [InlineData("campaign, assumed-role", "drill", "nonsense")]
    [InlineData("number from 0.1 to 10", "drill", "--scale", "0")]
    [InlineData("number from 0.1 to 10", "drill", "--scale", "11")]
    [InlineData("number from 0.1 to 10", "drill", "--scale", "NaN")]
    [InlineData("--keep, undo", "drill", "--deployed", "--keep")]
    [InlineData("observe, enforce", "drill", "--deployed", "--mode", "approve")]
    [InlineData("observe, approve, enforce", "drill", "--mode", "shoot")]
    public async Task A_wrong_value_is_refused_with_what_is_accepted(string accepted, params string[] arguments)
    {
        var (code, _, errors) = await CommandLine.RunAsync(Path.GetTempPath(), arguments);

        Assert.Equal(2, code);
        foreach (var word in accepted.Split(", "))
            Assert.Contains(word, errors, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> DrillAsync(params string[] arguments)
    {
        var (code, output, errors) = await CommandLine.RunAsync(Path.GetTempPath(), ["drill", .. arguments, "--json"]);
        Assert.True(code is 0 or 1, errors);
        // One object and nothing else: anything besides it would not parse.
        var result = JsonDocument.Parse(output).RootElement;
        Assert.Equal(code == 0, result.GetProperty("passed").GetBoolean());
        return result;
    }

    private static IEnumerable<string> Failed(JsonElement result) =>
        result.GetProperty("checks").EnumerateArray().Where(check => !check.GetProperty("passed").GetBoolean()).Select(check => check.ToString());
}
