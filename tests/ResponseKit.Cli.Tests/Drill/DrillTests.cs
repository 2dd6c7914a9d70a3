using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Cli.Tests.Drill;

public sealed partial class DrillTests
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

    [Fact]
    public async Task What_the_README_shows_is_the_drill_that_runs()
    {
        var result = await DrillAsync("campaign");
        var shown = Repository.Read("README.md");

        Assert.Equal(
            Shape(result.GetProperty("timeline").EnumerateArray().Where(moment => moment.GetProperty("side").GetString() == "attacker").Select(moment => moment.GetProperty("text").GetString()!)),
            Shape(AttackerLine().Matches(shown).Select(line => line.Groups[1].Value)));
        Assert.Equal(
            Shape(result.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()!)),
            Shape(CheckLine().Matches(shown).Select(line => line.Groups[1].Value)));
        var evidence = EvidenceLine().Match(shown);
        Assert.Equal(
            Number(evidence, "total"),
            Math.Round(NumberIn().Matches(evidence.Groups["parts"].Value).Sum(part => double.Parse(part.Value, CultureInfo.InvariantCulture)) * Number(evidence, "times"), MidpointRounding.AwayFromZero));
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
    [InlineData("number from 0.1 to 10, not 'x'", "drill", "--scale", "x")]
    [InlineData("whole number from 1 to 64, not 'x'", "replay", "--cores", "x", ".")]
    [InlineData("whole number from 1 to 64, not '1e1'", "replay", "--cores", "1e1", ".")]
    [InlineData("--report", "drill", "--deployed", "--report", "out")]
    [InlineData("'x'", "approve", "inc-1", "--reason", "y", "--reject", "--remember", "x")]
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

    // Without names, times and error codes, which differ from run to run.
    private static SortedSet<string> Shape(IEnumerable<string> lines) =>
        new(lines.Select(line => Made().Replace(line.Split(": ")[0], "#").Trim()), StringComparer.Ordinal);

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ +[\d.]+s attacker  (.+)$", RegexOptions.Multiline)]
    private static partial Regex AttackerLine();

    [GeneratedRegex("^│ (.+?) +│ yes │", RegexOptions.Multiline)]
    private static partial Regex CheckLine();

    [GeneratedRegex(@"responder   Evidence: (?<parts>[^;]+); times (?<times>[\d.]+) because .*? Total (?<total>\d+)\.")]
    private static partial Regex EvidenceLine();

    [GeneratedRegex(@"\d+")]
    private static partial Regex NumberIn();

    [GeneratedRegex(@"\S*\d\S*")]
    private static partial Regex Made();
}
