using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResponseKit.Testing;

namespace ResponseKit.Infra.Tests.Synthesis;

/// <summary>A statement of a policy in a template.</summary>
public sealed record PolicyStatement(bool Allows, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, JsonNode? Condition, JsonNode? Principal)
{
    public bool Covers(string action) => Actions.Any(pattern => RolePolicy.Matches(pattern, action, RegexOptions.IgnoreCase));

    public bool On(string resource) => Resources.Any(pattern => RolePolicy.Matches(pattern, resource));

    public bool Writes => Actions.Any(action => !ApiCalls.IsRead(action));
}

/// <summary>Reads policies of roles.</summary>
public static class RolePolicy
{
    /// <summary>What a role may do: its inline policies, and the managed ones that the template attaches to it.</summary>
    public static IReadOnlyList<PolicyStatement> Of(Template template, Resource role) =>
    [
        .. (role.Properties["Policies"]?.AsArray() ?? []).SelectMany(policy => Read(policy!["PolicyDocument"]!)),
        .. template.OfType("AWS::IAM::ManagedPolicy")
            .Where(policy => policy.Properties["Roles"]!.AsArray().Any(name => name!.ToString() == role.LogicalId))
            .SelectMany(policy => Read(policy.Properties["PolicyDocument"]!)),
    ];

    public static IReadOnlyList<PolicyStatement> Trust(Resource role) => [.. Read(role.Properties["AssumeRolePolicyDocument"]!)];

    /// <summary>How many characters IAM counts.</summary>
    public static int Length(JsonNode document) => document.ToJsonString().Count(letter => !char.IsWhiteSpace(letter));

    public static IEnumerable<PolicyStatement> Read(JsonNode document) => document["Statement"]!.AsArray().Select(statement => new PolicyStatement(
        statement!["Effect"]!.GetValue<string>() == "Allow", Texts(statement["Action"]), Texts(statement["Resource"]), statement["Condition"], statement["Principal"]));

    /// <summary>Whether a text is as a pattern of IAM says, in which <c>*</c> stands for any text.</summary>
    public static bool Matches(string pattern, string text, RegexOptions options = RegexOptions.None) =>
        Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", options, TimeSpan.FromSeconds(1));

    public static IReadOnlyList<string> Texts(JsonNode? node) => node?.GetValueKind() switch
    {
        null => [],
        JsonValueKind.Array => [.. node.AsArray().Select(item => item!.GetValue<string>())],
        _ => [node.GetValue<string>()],
    };
}
