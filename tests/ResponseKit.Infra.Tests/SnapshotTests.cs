using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Infra.Tests.Synthesis;

namespace ResponseKit.Infra.Tests;

/// <summary>One role and one rule as they are deployed, to be read and reviewed. What is compared stands in <c>Snapshots</c>.</summary>
public sealed class SnapshotTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_role_of_an_action() => Compare("role-iam-contain-user.json", (await Synthesized.UsualAsync()).Home.Find("AWS::IAM::Role", "RoleName", "ResponseKit-iam-contain-user"));

    [Fact]
    public async Task The_rule_that_reports_changes_of_rules() =>
        Compare("rule-changes-events.json", (await Synthesized.UsualAsync()).Of("us-east-1").Find("AWS::Events::Rule", "Name", "ResponseKit-changes-events"));

    private static void Compare(string name, Resource resource)
    {
        var now = resource.Properties.ToJsonString(Readable);
        var before = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", name));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(before), resource.Properties), $"{resource.LogicalId} is not as Snapshots/{name} says. If it is meant to be so, the file must be:\n{now}");
    }
}
