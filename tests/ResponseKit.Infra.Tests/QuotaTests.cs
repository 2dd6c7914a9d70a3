using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Testing;
using Xunit.Abstractions;

namespace ResponseKit.Infra.Tests;

/// <summary>Every limit of AWS that a deployment comes near, and how much is left when everything is switched on.</summary>
public sealed partial class QuotaTests(ITestOutputHelper output)
{
    [Fact]
    public Task Event_patterns_fit() => FitsAsync("characters of a pattern", 2_048, template =>
        template.OfType("AWS::Events::Rule").Where(rule => rule.Text("ScheduleExpression") is null).Select(rule => (rule.Text("Name")!, rule.Properties["EventPattern"]!.ToJsonString().Length)));

    [Fact]
    public Task The_rules_of_a_region_leave_most_of_the_default_bus_to_others() => FitsAsync("rules of a bus", 300, template =>
        template.OfType("AWS::Events::Rule").GroupBy(rule => rule.Text("EventBusName") ?? "default").Select(bus => (bus.Key, bus.Count())));

    [Fact]
    public Task Rules_have_few_targets() => FitsAsync("targets of a rule", 5, template =>
        template.OfType("AWS::Events::Rule").Select(rule => (rule.Text("Name")!, rule.Properties["Targets"]!.AsArray().Count)));

    [Fact]
    public Task Inline_policies_fit() => FitsAsync("characters of a role's inline policies", 10_240, template =>
        template.OfType("AWS::IAM::Role").Select(role => (role.Text("RoleName")!, (role.Properties["Policies"]?.AsArray() ?? []).Sum(policy => RolePolicy.Length(policy!["PolicyDocument"]!)))));

    // There is none today, since everything fits inline: what would not is divided.
    [Fact]
    public void Managed_policies_fit()
    {
        ImmutableArray<Statement> many = [.. Enumerable.Range(0, 200).Select(at => new Statement([$"service:Action{at}"], [$"arn:aws:service:*:{Template.Account}:thing/{at}/*"]))];
        var packed = Policies.Pack(many, Policies.MaxManaged);
        Assert.Equal(many.AsEnumerable(), packed.SelectMany(page => page));
        Assert.InRange(packed.Length, 2, 10);
        Assert.All(packed, page => Assert.InRange(Length(page), 1, 6_144));
    }

    private static int Length(IEnumerable<Statement> page)
    {
        var statements = page.Select(statement => statement.ToObject("")).ToList();
        statements.ForEach(statement => statement.Remove("Sid"));
        return JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = statements }).Length;
    }

    [Fact]
    public Task Trust_policies_fit() => FitsAsync("characters of a trust policy", 2_048, template =>
        template.OfType("AWS::IAM::Role").Select(role => (role.Text("RoleName")!, RolePolicy.Length(role.Properties["AssumeRolePolicyDocument"]!))));

    [Fact]
    public Task Variables_fit() => FitsAsync("bytes of a function's variables", 4_096, template => template.OfType("AWS::Lambda::Function").Select(function =>
        (function.Text("FunctionName")!, function.Properties["Environment"]!["Variables"]!.AsObject().Sum(variable => variable.Key.Length + variable.Value!.ToString().Length + 40))));

    [Fact]
    public Task The_state_machine_fits() => FitsAsync("bytes of a state machine", 1 << 20, template =>
        template.OfType("AWS::StepFunctions::StateMachine").Select(machine => (machine.LogicalId, Encoding.UTF8.GetByteCount(machine.Text("DefinitionString")!))));

    [Fact]
    public Task Templates_fit() => FitsAsync("bytes of a template", 1_000_000, template => [(template.Stack, (int)new FileInfo(template.File).Length)]);

    [Fact]
    public Task Templates_have_not_too_many_resources() => FitsAsync("resources of a template", 500, template => [(template.Stack, template.Resources.Count)]);

    [Fact]
    public Task Queue_policies_fit() => FitsAsync("statements of a queue's policy", 20, template =>
        template.OfType("AWS::SQS::QueuePolicy").Select(policy => (policy.LogicalId, policy.Properties["PolicyDocument"]!["Statement"]!.AsArray().Count)));

    [Fact]
    public Task What_stacksets_bring_fits() => FitsAsync("bytes of a template in a StackSet", 51_200, template =>
        template.OfType("AWS::CloudFormation::StackSet").Select(set => (set.Text("StackSetName")!, Encoding.UTF8.GetByteCount(set.Text("TemplateBody")!))));

    // 10,240 since May 2026. There is room enough even in organizations that have the limit of before.
    [Fact]
    public Task Service_control_policies_fit() => FitsAsync("characters of a service control policy", 5_120, template =>
        template.OfType("AWS::Organizations::Policy").Select(policy => (policy.Text("Name")!, policy.Properties["Content"]!.ToJsonString().Length)));

    [Fact]
    public Task Bus_policies_fit() => FitsAsync("bytes of a bus's policy", 10_240, template =>
        template.OfType("AWS::Events::EventBusPolicy").Select(policy => (policy.Text("EventBusName")!, policy.Properties["Statement"]!.ToJsonString().Length)));

    [Fact]
    public Task Names_of_roles_and_functions_fit() => FitsAsync("characters of a name", 64, template =>
        template.OfType("AWS::IAM::Role").Select(role => role.Text("RoleName")!).Select(name => (name, name.Length)));

    [Fact]
    public async Task Reserved_concurrency_leaves_most_of_the_account_to_others()
    {
        var reserved = (await Synthesized.UsualAsync()).Home.OfType("AWS::Lambda::Function").Sum(function => function.Properties["ReservedConcurrentExecutions"]!.GetValue<int>());
        output.WriteLine($"{reserved} of 1,000 are reserved.");
        // Three quarters of what an account has by default are everybody else's.
        Assert.InRange(reserved, 1, 250);
        // Lambda Developer Guide, "Configuring reserved concurrency": 100 stay for functions that reserve nothing.
        var least = int.Parse(LeastLimit().Match(Repository.Read("docs", "deploy.md")).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(least, reserved + 100, reserved + 150);
        Assert.All((await Synthesized.WidestAsync()).Home.OfType("AWS::Lambda::Function"), function => Assert.Null(function.Properties["ReservedConcurrentExecutions"]));
    }

    [GeneratedRegex(@"accounts whose limit is under (\d+)")]
    private static partial Regex LeastLimit();

    private async Task FitsAsync(string what, int most, Func<Template, IEnumerable<(string Name, int Size)>> measure)
    {
        var measured = 0;
        foreach (var made in new[] { await Synthesized.UsualAsync(), await Synthesized.WidestAsync(), await Synthesized.OrganizationAsync() })
        {
            var sizes = made.Templates.SelectMany(measure).ToList();
            if (sizes.Count == 0)
                continue;
            measured += sizes.Count;
            var (name, size) = sizes.MaxBy(one => one.Size);
            output.WriteLine($"{what}: {name} has {size} of {most}, {most - size} are left.");
            Assert.True(size <= most, $"{what}: {name} has {size}, and at most {most} are allowed.");
        }

        Assert.True(measured > 0, $"{what}: nothing has any, so nothing was measured.");
    }
}
