using ResponseKit.Aws.Actions;
using ResponseKit.Deployment;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Rules;

namespace ResponseKit.Infra.Tests;

/// <summary>Templates hold nothing that the one list of own parts does not know.</summary>
public sealed class OwnPartsTests
{
    // The member of each type that a template names it by, where the deployment gives the name and not CloudFormation.
    private static readonly Dictionary<string, string> NamedBy = new(StringComparer.Ordinal)
    {
        ["AWS::CloudFormation::StackSet"] = "StackSetName",
        ["AWS::CloudWatch::Alarm"] = "AlarmName",
        ["AWS::Events::EventBus"] = "Name",
        ["AWS::Events::Rule"] = "Name",
        ["AWS::IAM::ManagedPolicy"] = "ManagedPolicyName",
        ["AWS::IAM::Role"] = "RoleName",
        ["AWS::Lambda::Function"] = "FunctionName",
        ["AWS::StepFunctions::StateMachine"] = "StateMachineName",
    };

    private static readonly OwnDeployment Known = new(
        Template.Account, "eu-west-1", [], [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)], OwnRules.DeliversCalls);

    [Fact]
    public async Task Every_resource_of_a_template_belongs_to_a_part_or_says_why_it_needs_no_protection()
    {
        var types = (await AllAsync()).SelectMany(template => template.Resources).Select(resource => resource.Type).Distinct().ToList();
        Assert.True(types.Count > 15);
        Assert.All(types, type => Assert.True(
            OwnParts.OfType(type) is not null || OwnParts.Unprotected.ContainsKey(type),
            $"{type} is deployed and unprotected. Add it to the part that it belongs to in src/ResponseKit/Deployment/Own*.cs, or to OwnParts.Unprotected with the reason."));
        Assert.All(OwnParts.Unprotected.Keys, type => Assert.Contains(type, types));
    }

    [Fact]
    public async Task Every_name_that_a_template_gives_is_known()
    {
        var named = (await AllAsync()).SelectMany(template => template.Resources.Where(resource => NamedBy.ContainsKey(resource.Type))).ToList();
        Assert.True(named.Count > 100);
        Assert.All(named, resource =>
        {
            var name = resource.Text(NamedBy[resource.Type])!;
            Assert.True(
                OwnParts.All.Where(part => part.Types.Contains(resource.Type)).Any(part => part.IsKnown(name, Known, true)),
                $"{resource.Type} {name} is deployed, and nobody would know it for ours. Add the name to OwnNames.");
        });
    }

    [Fact]
    public async Task Every_stack_is_known()
    {
        foreach (var made in await EachAsync())
        {
            var stacks = Directory.EnumerateFiles(made.Folder, "*.template.json").Select(file => Path.GetFileName(file)[..^".template.json".Length]).ToList();
            Assert.NotEmpty(stacks);
            Assert.All(stacks, stack => Assert.True(OwnNames.IsStack(stack), stack));
        }
    }

    [Fact]
    public async Task What_has_a_name_of_cloudformations_making_is_told_to_triage()
    {
        foreach (var home in new[] { (await Synthesized.UsualAsync()).Home, (await Synthesized.OrganizationAsync()).Of("Hub") })
        {
            var own = home.Find("AWS::Lambda::Function", "FunctionName", "ResponseKit-triage").Properties["Environment"]!["Variables"]![FunctionVariables.Own]!.GetValue<string>();
            var words = own.Split(' ');
            foreach (var type in OwnParts.All.Where(part => part.HasMadeUpNames).SelectMany(part => part.Types).Where(type => !type.EndsWith("Policy", StringComparison.Ordinal)))
            {
                // What has no name by which a call could mean it alone: these are named by what they belong to.
                if (type is "AWS::SNS::Subscription" or "AWS::Logs::MetricFilter" or "AWS::KMS::Alias")
                    continue;
                // The queue of the region's rules is a member's, of which the hub knows nothing.
                foreach (var resource in home.OfType(type).Where(resource => !resource.LogicalId.StartsWith("RegionUnforwarded", StringComparison.Ordinal)))
                    Assert.True(words.Any(word => word.EndsWith(resource.LogicalId, StringComparison.Ordinal)), $"{resource.LogicalId} is not told to triage.");
            }
        }
    }

    private static async Task<IReadOnlyList<Synthesized>> EachAsync() =>
        [await Synthesized.UsualAsync(), await Synthesized.WidestAsync(), await Synthesized.OrganizationAsync()];

    private static async Task<IReadOnlyList<Template>> AllAsync() => [.. (await EachAsync()).SelectMany(made => made.Templates)];
}
