using System.Text.Json.Nodes;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Infra.Tests.Synthesis;

/// <summary>A service control policy of ours, and what it denies.</summary>
public sealed class Guardrail(JsonNode content)
{
    private readonly string document = content.ToJsonString();

    public IReadOnlyList<PolicyStatement> Statements => [.. RolePolicy.Read(content)];

    /// <summary>Whether it denies a role's call, as the emulated IAM judges it.</summary>
    /// <param name="caller">The ARN of the role behind the session, or of the user.</param>
    /// <param name="action">The action.</param>
    /// <param name="resource">What it is called on.</param>
    /// <param name="context">The other condition keys of the request.</param>
    public bool Denies(string caller, string action, string resource, params (string Key, string Value)[] context) =>
        PolicyJudge.Denies(document, action, resource, [("aws:PrincipalArn", caller), .. context]);
}
