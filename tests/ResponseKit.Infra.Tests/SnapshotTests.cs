using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Infra.Tests.Synthesis;

namespace ResponseKit.Infra.Tests;

/// <summary>One role, one rule, one trust and the service control policies as they are deployed, to be read and reviewed. What is compared stands in <c>Snapshots</c>.</summary>
public sealed class SnapshotTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_role_of_an_action() => Compare("role-iam-contain-user.json", (await Synthesized.UsualAsync()).Home.Find("AWS::IAM::Role", "RoleName", "ResponseKit-iam-contain-user"));

    [Fact]
    public async Task The_rule_that_reports_changes_of_rules() =>
        Compare("rule-changes-events.json", (await Synthesized.UsualAsync()).Of("us-east-1").Find("AWS::Events::Rule", "Name", "ResponseKit-changes-events"));

    [Fact]
    public async Task The_trust_of_a_members_role() => Compare(
        "trust-member.json", (await Synthesized.OrganizationAsync()).Of("roles").Find("AWS::IAM::Role", "RoleName", "ResponseKitResponder"), "AssumeRolePolicyDocument");

    [Theory]
    [InlineData("ResponseKit-emergency-freeze", "scp-emergency-freeze.json")]
    [InlineData("ResponseKit-tamper-protection", "scp-tamper-protection.json")]
    public async Task The_service_control_policies(string policy, string file) =>
        Compare(file, (await Synthesized.OrganizationAsync()).Of("Management-Guardrails").Find("AWS::Organizations::Policy", "Name", policy), "Content");

    private static void Compare(string name, Resource resource, string? property = null)
    {
        var compared = property is null ? resource.Properties : resource.Properties[property]!;
        var now = compared.ToJsonString(Readable);
        var before = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", name));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(before), compared), $"{resource.LogicalId} is not as Snapshots/{name} says. If it is meant to be so, the file must be:\n{now}");
    }
}
