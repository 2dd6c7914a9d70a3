using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Deployment;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Rules;

namespace ResponseKit.Infra.Tests;

public sealed class OrganizationTests
{
    private const string WithReads = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

    [Fact]
    public async Task Every_account_gets_roles_once_and_rules_in_all_regions()
    {
        var members = (await Synthesized.OrganizationAsync()).Of("Organization");
        var roles = members.Find("AWS::CloudFormation::StackSet", "StackSetName", "ResponseKit-roles");
        var rules = members.Find("AWS::CloudFormation::StackSet", "StackSetName", "ResponseKit-rules");
        Assert.Equal(["eu-west-1"], Regions(roles));
        Assert.Equal(17, Regions(rules).Count);
        foreach (var set in new[] { roles, rules })
        {
            Assert.Equal(("SERVICE_MANAGED", "DELEGATED_ADMIN"), (set.Text("PermissionModel"), set.Text("CallAs")));
            Assert.Equal("""{"Enabled":true,"RetainStacksOnAccountRemoval":false}""", set.Properties["AutoDeployment"]!.ToJsonString());
            Assert.Equal("""{"Active":true}""", set.Properties["ManagedExecution"]!.ToJsonString());
            Assert.Equal("PARALLEL", set.Properties["OperationPreferences"]!["RegionConcurrencyType"]!.GetValue<string>());
            Assert.Equal(["ou-ab12-11111111", "ou-ab12-22222222"], RolePolicy.Texts(set.Properties["StackInstancesGroup"]![0]!["DeploymentTargets"]!["OrganizationalUnitIds"]));
        }

        var written = JsonNode.Parse(await File.ReadAllTextAsync(members.File))!["Resources"]!;
        Assert.Equal([roles.LogicalId], RolePolicy.Texts(written[rules.LogicalId]!["DependsOn"]));
    }

    [Theory]
    [InlineData("roles")]
    [InlineData("rules")]
    public async Task What_is_brought_into_accounts_stands_by_itself(string name)
    {
        var file = (await Synthesized.OrganizationAsync()).Of(name).File;
        var text = await File.ReadAllTextAsync(file);
        var template = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(["Description", "Resources"], template.Select(part => part.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Token[", text, StringComparison.Ordinal);
        Assert.DoesNotContain("cdk", text, StringComparison.OrdinalIgnoreCase);
        // The only account that is named is the hub's.
        Assert.Equal([Synthesized.HubAccount], Regex.Matches(text, "[0-9]{12}", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value).Distinct());
        // CloudFormation User Guide, "Considerations when using StackSets": neither transforms nor nested stacks.
        Assert.DoesNotContain("AWS::CloudFormation::", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roles")]
    [InlineData("Management")]
    public async Task A_members_role_trusts_exactly_the_hubs_functions_that_enter_accounts(string stack)
    {
        var made = await Synthesized.OrganizationAsync();
        var hub = made.Of("Hub");
        var trust = Assert.Single(RolePolicy.Trust(made.Of(stack).Find("AWS::IAM::Role", "RoleName", "ResponseKitResponder")));
        Assert.Equal([$"arn:aws:iam::{Synthesized.HubAccount}:root"], RolePolicy.Texts(trust.Principal!["AWS"]));
        Assert.Equal(
            $$$"""{"StringEquals":{"sts:ExternalId":"ResponseKit-{{{Synthesized.HubAccount}}}","aws:PrincipalTag/ResponseKit-enters-accounts":"true","aws:PrincipalOrgID":"{{{Synthesized.OrganizationId}}}"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::{{{Synthesized.HubAccount}}}:role/ResponseKit-*"},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::{{{Synthesized.HubAccount}}}:role/*/*"}}""",
            trust.Condition!.ToJsonString());
        var tagged = hub.OfType("AWS::IAM::Role").Where(role => role.Properties["Tags"]?.ToJsonString().Contains("ResponseKit-enters-accounts", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(ActionCatalogue.All.Length + 4, tagged.Count);
        Assert.All(tagged, role => Assert.Contains(RolePolicy.Of(hub, role), statement => statement.Covers("sts:AssumeRole")));
    }

    [Fact]
    public async Task The_hub_enters_accounts_of_its_organization_only()
    {
        var hub = (await Synthesized.OrganizationAsync()).Of("Hub");
        var enter = RolePolicy.Of(hub, hub.Find("AWS::IAM::Role", "RoleName", "ResponseKit-iam-contain-user")).Single(statement => statement.Covers("sts:AssumeRole"));
        Assert.Equal(["arn:aws:iam::*:role/ResponseKitResponder"], enter.Resources);
        Assert.Equal(Synthesized.OrganizationId, enter.Condition!["StringEquals"]!["aws:ResourceOrgID"]!.GetValue<string>());
        Assert.DoesNotContain(hub.OfType("AWS::IAM::Role"), role => role.Text("RoleName") is "ResponseKitResponder" or DeployedNames.ForwarderRole);
    }

    [Fact]
    public async Task The_bus_takes_aws_events_from_the_organizations_forwarders_only()
    {
        var statement = (await Synthesized.OrganizationAsync()).Of("Hub").OfType("AWS::Events::EventBusPolicy").Single().Properties["Statement"]!;
        Assert.Equal("events:PutEvents", statement["Action"]!.GetValue<string>());
        Assert.Equal(
            """{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"},"StringLike":{"events:source":"aws.*"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/ResponseKit-forwarder"}}""",
            statement["Condition"]!.ToJsonString());
    }

    [Fact]
    public async Task Members_rules_are_those_of_the_catalogue_and_lead_to_the_hub()
    {
        var made = await Synthesized.OrganizationAsync();
        // The longest partition, and a region as long as the longest: by their lengths rules are packed.
        var expected = EventRules.For(
            Observer.Selectors, [$"arn:aws-us-gov:iam::{Template.Account}:role/ResponseKitResponder"], new RulePlace("aws-us-gov", Template.Account, "xx-somewhere-0"));
        foreach (var template in new[] { made.Of("rules"), made.Of("Management"), made.Of("Management-sa-east-1") })
        {
            var rules = template.OfType("AWS::Events::Rule").ToList();
            Assert.Empty(expected.Select(rule => rule.Name).Except(rules.Select(rule => rule.Text("Name")!)));
            Assert.Equal(
                expected.Where(rule => rule.NeedsReads).Select(rule => rule.Name).Order(StringComparer.Ordinal),
                rules.Where(rule => rule.Text("State") == WithReads).Select(rule => rule.Text("Name")!).Order(StringComparer.Ordinal));
            Assert.All(rules.SelectMany(rule => rule.Properties["EventPattern"]!["source"]!.AsArray()), source =>
                Assert.StartsWith("aws.", source is JsonObject prefix ? prefix["prefix"]!.GetValue<string>() : source!.GetValue<string>(), StringComparison.Ordinal));
            Assert.All(rules, rule => Assert.Equal(
                $"arn:aws:events:eu-west-1:{Synthesized.HubAccount}:event-bus/ResponseKit", Assert.Single(rule.Properties["Targets"]!.AsArray())!["Arn"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Only_deployers_may_change_the_kit_unnoticed()
    {
        var made = await Synthesized.OrganizationAsync();
        Assert.Equal(
            $$"""{"wildcard":["arn:aws:iam::{{Template.Account}}:role/stacksets-exec-*"]}""",
            Unnoticed(made.Of("rules").Find("AWS::Events::Rule", "Name", "ResponseKit-changes-iam")).ToJsonString());
        var atHub = made.Of("Hub").OfType("AWS::Events::Rule").Where(rule => rule.Text("Name")!.StartsWith("ResponseKit-changes-iam", StringComparison.Ordinal)).ToList();
        var members = Assert.Single(atHub, rule => rule.Properties["EventPattern"]!["account"]!.ToJsonString() == $$"""[{"anything-but":["{{Synthesized.ManagementAccount}}"]}]""");
        Assert.Equal(
            $$"""
            {"wildcard":["arn:aws:iam::*:role/stacksets-exec-*","arn:aws:iam::{{Synthesized.HubAccount}}:role/cdk-hnb659fds-cfn-exec-role-{{Synthesized.HubAccount}}-eu-west-1"]}
            """,
            Unnoticed(members).ToJsonString());
        foreach (var management in atHub.Except([members]))
        {
            Assert.Equal([Synthesized.ManagementAccount], RolePolicy.Texts(management.Properties["EventPattern"]!["account"]));
            Assert.All(RolePolicy.Texts(Unnoticed(management)), arn => Assert.StartsWith(
                $"arn:aws:iam::{Synthesized.ManagementAccount}:role/cdk-hnb659fds-cfn-exec-role-{Synthesized.ManagementAccount}-", arn, StringComparison.Ordinal));
        }

        // In each region of the management account exactly one.
        Assert.Equal(17, atHub.Except([members]).SelectMany(rule => RolePolicy.Texts(rule.Properties["EventPattern"]!["region"])).Distinct().Count());
    }

    [Fact]
    public async Task The_app_says_where_the_parts_go() => Assert.Contains(
        "Organization o-a1b2c3d4e5: hub in 444455556666, members in ou-ab12-11111111, ou-ab12-22222222, management account 777788889999.",
        (await Synthesized.OrganizationAsync()).Said, StringComparison.Ordinal);

    private static JsonNode Unnoticed(Resource rule) =>
        rule.Properties["EventPattern"]!["detail"]!["userIdentity"]!["sessionContext"]!["sessionIssuer"]!["arn"]![1]!["anything-but"]!;

    private static IReadOnlyList<string> Regions(Resource set) => RolePolicy.Texts(Assert.Single(set.Properties["StackInstancesGroup"]!.AsArray())!["Regions"]);
}
