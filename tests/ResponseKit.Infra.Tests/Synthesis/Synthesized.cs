using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace ResponseKit.Infra.Tests.Synthesis;

/// <summary>The templates of a deployment, made once for all tests.</summary>
public sealed class Synthesized
{
    private static readonly Lazy<Task<Synthesized>> Usual = new(() => MakeAsync("eu-west-1", []));
    private static readonly Lazy<Task<Synthesized>> Widest = new(() => MakeAsync(
        "us-east-1", [("mode", "enforce"), ("policy", "enforcing.json"), ("regions", "all"), ("reads", "on"), ("notify", "security@example.com"), ("concurrency", "shared")]));

    private static readonly Lazy<Task<Synthesized>> Whole = new(() => MakeAsync(
        "eu-west-1",
        [
            ("organization", OrganizationId), ("hub", HubAccount), ("management", ManagementAccount), ("units", "ou-ab12-11111111,ou-ab12-22222222"), ("regions", "all"),
            ("reads", "on"), ("breakglass", BreakGlass),
        ],
        "organization"));

    public const string OrganizationId = "o-a1b2c3d4e5";
    public const string HubAccount = "444455556666";
    public const string ManagementAccount = "777788889999";
    public const string BreakGlass = "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_BreakGlass_*";

    private Synthesized(string folder, string said, ImmutableArray<Template> templates) => (Folder, Said, Templates) = (folder, said, templates);

    /// <summary>What is deployed when nothing is said but the scope.</summary>
    public static Task<Synthesized> UsualAsync() => Usual.Value;

    /// <summary>What is deployed when everything is switched on.</summary>
    public static Task<Synthesized> WidestAsync() => Widest.Value;

    /// <summary>What is deployed into an organization, in all regions.</summary>
    public static Task<Synthesized> OrganizationAsync() => Whole.Value;

    public string Folder { get; }

    public string Said { get; }

    public ImmutableArray<Template> Templates { get; }

    public Template Home => Templates.Single(template => template.Stack == "ResponseKit");

    public Template Of(string name) => Templates.Single(template => template.Stack == $"ResponseKit-{name}");

    private static async Task<Synthesized> MakeAsync(string home, (string Key, string Value)[] more, string scope = "account")
    {
        var folder = Directory.CreateTempSubdirectory("responsekit-infra-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var context = more.Append(("scope", scope)).ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
        var (exitCode, said) = await InfraProcess.RunAsync(context, folder, home);
        Assert.True(exitCode == 0, said);
        var output = Path.Combine(folder, "cdk.out");
        return new Synthesized(output, said, [.. Stacks(output, home, folder)]);
    }

    // As the manifest says where a stack goes. What a StackSet brings into accounts is in the template of the stack around it, and stands beside it here.
    private static IEnumerable<Template> Stacks(string output, string home, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(output, "*.template.json").Order(StringComparer.Ordinal))
        {
            var (account, region) = Environment(output, Path.GetFileName(file)[..^".template.json".Length]);
            var template = Template.Read(file, region ?? home, account ?? Template.Account);
            yield return template;
            foreach (var set in template.OfType("AWS::CloudFormation::StackSet"))
            {
                var member = Path.Combine(folder, $"{set.Text("StackSetName")}.template.json");
                File.WriteAllText(member, set.Text("TemplateBody"));
                yield return Template.Read(member, home);
            }
        }
    }

    private static (string? Account, string? Region) Environment(string output, string stack)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "manifest.json")))!;
        var parts = manifest["artifacts"]![stack]!["environment"]!.GetValue<string>().Split('/');
        return (Known(parts[2]), Known(parts[3]));
    }

    private static string? Known(string part) => part.StartsWith("unknown", StringComparison.Ordinal) ? null : part;
}
