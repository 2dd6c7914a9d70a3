using System.Text.Json.Nodes;
using ResponseKit.Correlation;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Rules;

namespace ResponseKit.Infra.Tests;

public sealed class RuleTests
{
    private const string WithReads = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

    [Fact]
    public async Task Every_region_has_the_rules_of_the_catalogue()
    {
        // As long as the longest partition, for which the rules are packed.
        var expected = EventRules.For(Observer.Selectors, [$"arn:aws-us-gov:iam::{Template.Account}:role/ResponseKitResponder"], new("aws-us-gov", Template.Account, "us-west-2"));
        var made = await Synthesized.WidestAsync();
        Assert.Equal(17, made.Templates.Length);
        foreach (var template in made.Templates)
        {
            var names = template.OfType("AWS::Events::Rule").Where(rule => rule.Text("EventBusName") is null).Select(rule => rule.Text("Name")!)
                .Where(name => !name.StartsWith("ResponseKit-changes-", StringComparison.Ordinal) && name is not ("ResponseKit-alarms" or "ResponseKit-heartbeat" or "ResponseKit-key-state" or "ResponseKit-sweep"));
            Assert.Equal(expected.Select(rule => rule.Name).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        }

        foreach (var rule in expected)
        {
            var deployed = made.Of("us-west-2").Find("AWS::Events::Rule", "Name", rule.Name).Properties["EventPattern"]!;
            var pattern = JsonNode.Parse(rule.Pattern.Replace("aws-us-gov", "aws", StringComparison.Ordinal));
            Assert.True(JsonNode.DeepEquals(pattern, deployed), $"{rule.Name}: {deployed.ToJsonString()}");
        }
    }

    [Fact]
    public async Task Only_rules_for_reads_have_the_state_that_is_paid_for_and_all_but_that_for_sessions_only_when_asked_for()
    {
        var reading = EventRules.All.Where(rule => rule.NeedsReads).Select(rule => rule.Name).Order(StringComparer.Ordinal).ToList();
        // Triage's rule must let them through, too.
        Assert.Equal(["ResponseKit-sessions", "ResponseKit-triage"], InState(await Synthesized.UsualAsync(), WithReads).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.DoesNotContain((await Synthesized.UsualAsync()).Home.OfType("AWS::Events::Rule"), rule => reading.Contains(rule.Text("Name")!) && rule.Text("Name") != "ResponseKit-sessions");
        Assert.Equal([.. reading.Append("ResponseKit-triage").Order(StringComparer.Ordinal)], InState(await Synthesized.WidestAsync(), WithReads).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rule_takes_only_what_aws_sends()
    {
        foreach (var rule in (await Synthesized.WidestAsync()).Templates.SelectMany(template => template.OfType("AWS::Events::Rule")).Where(rule => rule.Text("ScheduleExpression") is null))
        {
            Assert.All(rule.Properties["EventPattern"]!["source"]!.AsArray(), source =>
                Assert.StartsWith("aws.", source is JsonObject prefix ? prefix["prefix"]!.GetValue<string>() : source!.GetValue<string>(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nothing_that_a_target_does_not_take_is_lost()
    {
        foreach (var template in (await Synthesized.WidestAsync()).Templates)
        {
            var queues = template.OfType("AWS::SQS::Queue").Select(queue => $"arn:of:{queue.LogicalId}").ToList();
            Assert.Equal(queues.Count, template.OfType("AWS::CloudWatch::Alarm").Count(alarm => alarm.Text("MetricName") == "ApproximateNumberOfMessagesVisible"));
            foreach (var target in template.OfType("AWS::Events::Rule").SelectMany(rule => rule.Properties["Targets"]!.AsArray()))
                Assert.Contains(target!["DeadLetterConfig"]!["Arn"]!.GetValue<string>(), queues);
        }

        var home = (await Synthesized.UsualAsync()).Home;
        var functions = home.OfType("AWS::Lambda::Function").Select(function => function.Text("FunctionName")).Order(StringComparer.Ordinal);
        var caught = home.OfType("AWS::Lambda::EventInvokeConfig").Where(config => config.Properties["DestinationConfig"]!["OnFailure"] is not null);
        Assert.Equal(functions, caught.Select(config => config.Text("FunctionName")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rules_of_all_regions_lead_to_the_one_bus()
    {
        var made = await Synthesized.WidestAsync();
        foreach (var target in made.Of("sa-east-1").OfType("AWS::Events::Rule").Select(rule => Assert.Single(rule.Properties["Targets"]!.AsArray())!))
        {
            Assert.Equal($"arn:aws:events:us-east-1:{Template.Account}:event-bus/ResponseKit", target["Arn"]!.GetValue<string>());
            Assert.Equal($"arn:aws:iam::{Template.Account}:role/ResponseKit-forwarder", target["RoleArn"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Only_the_deployer_may_change_the_kit_unnoticed()
    {
        var made = await Synthesized.WidestAsync();
        var watch = made.Of("sa-east-1").Find("AWS::Events::Rule", "Name", "ResponseKit-changes-events").Properties["EventPattern"]!["detail"]!;
        var callers = watch["userIdentity"]!["sessionContext"]!["sessionIssuer"]!["arn"]!.AsArray();
        Assert.Equal(
            [
                $"arn:aws:iam::{Template.Account}:role/cdk-hnb659fds-cfn-exec-role-{Template.Account}-us-east-1",
                $"arn:aws:iam::{Template.Account}:role/cdk-hnb659fds-cfn-exec-role-{Template.Account}-sa-east-1",
            ],
            callers[1]!["anything-but"]!.AsArray().Select(arn => arn!.GetValue<string>()));
        Assert.False(callers[0]!["exists"]!.GetValue<bool>());
    }

    private static IEnumerable<string> InState(Synthesized made, string state) =>
        made.Templates.SelectMany(template => template.OfType("AWS::Events::Rule")).Where(rule => rule.Text("State") == state).Select(rule => rule.Text("Name")!);
}
