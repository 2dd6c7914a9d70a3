using System.Collections.Immutable;
using System.Text.Json;

namespace ResponseKit.Cli.Tests.Drill;

/// <summary>The report of a drill's incident, held against the calls that the emulated AWS has seen.</summary>
[Collection(KeptDrillTests.Name)]
public sealed class ReportTests(KeptDrill drill)
{
    private static readonly ImmutableArray<string> Names =
        ["UserName", "RoleName", "clusterName", "AutoScalingGroupName", "FunctionName", "family", "LaunchTemplateName", "serviceName"];

    private JsonElement Report => JsonElement.Parse(File.ReadAllBytes(Path.Combine(drill.Folder, "out", "report.json"))).GetProperty("report");

    [Fact]
    public void Everything_that_the_actor_made_stands_in_it()
    {
        var made = drill.Calls.Where(call => call.Succeeded && IsTheActors(call.Principal) && call.Action?.StartsWith("Create", StringComparison.Ordinal) == true)
            .SelectMany(call => Names.Select(name => Text(call.Params, name))).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var report = Report.ToString();

        Assert.True(made.Count > 50, $"{made.Count} names");
        Assert.All(made.Where(name => !IsTemplate(name)), name => Assert.Contains(name, report, StringComparison.Ordinal));
    }

    [Fact]
    public void Looking_trying_and_going_on_stand_in_it_with_the_address()
    {
        var acts = Report.GetProperty("acts").EnumerateArray().Select(act => act.GetProperty("text").GetString()!).ToList();

        Assert.Contains(acts, text => text.Contains("quotas", StringComparison.Ordinal));
        Assert.Contains(acts, text => text.Contains("dry run", StringComparison.Ordinal));
        Assert.Contains(acts, text => text.Contains("termination protection", StringComparison.Ordinal));
        Assert.Contains("203.0.113.77", Indicators("address"));
        Assert.Contains(Indicators("access key"), key => key.StartsWith("AKIA", StringComparison.Ordinal));
        Assert.NotEmpty(Report.GetProperty("techniques").EnumerateArray());
    }

    [Fact]
    public void Every_action_is_in_it_and_what_was_torn_down_is_left_to_nobody()
    {
        var receipts = JsonElement.Parse(File.ReadAllBytes(Path.Combine(drill.Folder, "out", "report.json"))).GetProperty("receipts").EnumerateArray()
            .Select(receipt => receipt.GetProperty("id").GetString()).Order(StringComparer.Ordinal);

        Assert.Equal(receipts, Report.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("receipt").GetString()).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Report.GetProperty("left").EnumerateArray(), left => left.GetProperty("text").GetString()!.Contains("task definition", StringComparison.Ordinal));
        Assert.All([".html", ".md", ".indicators.csv"], ending => Assert.NotEqual(0, new FileInfo(Path.Combine(drill.Folder, "out", "report" + ending)).Length));
    }

    private HashSet<string> Indicators(string kind) =>
        [.. Report.GetProperty("indicators").EnumerateArray().Where(one => one.GetProperty("kind").GetString() == kind).Select(one => one.GetProperty("value").GetString()!)];

    // A template is told by its id.
    private bool IsTemplate(string name) => drill.Calls.Any(call => Text(call.Params, "LaunchTemplateName") == name);

    private static bool IsTheActors(string? principal) => principal?.Contains(":user/machines/ci-deploy", StringComparison.Ordinal) == true
        || principal?.Contains(":user/user-", StringComparison.Ordinal) == true || principal?.Contains(":assumed-role/OrganizationSupport-", StringComparison.Ordinal) == true;

    private static string? Text(JsonElement parameters, string name) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
