using System.Text.Json.Nodes;

namespace ResponseKit.Infra.Tests.Synthesis;

/// <summary>A service control policy of ours, and what it denies.</summary>
public sealed class Guardrail(JsonNode content)
{
    private readonly IReadOnlyList<PolicyStatement> statements = [.. RolePolicy.Read(content)];

    public IReadOnlyList<PolicyStatement> Statements => statements;

    /// <summary>Whether it denies a role's call, as IAM would judge it.</summary>
    /// <param name="caller">The ARN of the role behind the session, or of the user.</param>
    /// <param name="action">The action.</param>
    /// <param name="resource">What it is called on.</param>
    /// <param name="context">The other condition keys of the request.</param>
    public bool Denies(string caller, string action, string resource, params (string Key, string Value)[] context) => statements.Any(statement =>
        !statement.Allows && statement.Covers(action) && statement.On(resource)
        && (statement.Condition?.AsObject() ?? []).All(test => test.Value!.AsObject().All(key => Holds(test.Key, key.Key, RolePolicy.Texts(key.Value), caller, context))));

    // A key that a request does not have fulfils what is negated, and nothing else (IAM User Guide, "Condition operators").
    private static bool Holds(string test, string key, IReadOnlyList<string> values, string caller, (string Key, string Value)[] context)
    {
        var given = key == "aws:PrincipalArn" ? caller : context.FirstOrDefault(one => one.Key == key).Value;
        return test switch
        {
            "ArnNotLike" => given is null || !values.Any(value => RolePolicy.Matches(value, given)),
            "ArnEquals" => given is not null && values.Any(value => RolePolicy.Matches(value, given)),
            "StringEquals" => given is not null && values.Contains(given),
            _ => throw new InvalidOperationException($"The test does not know {test}."),
        };
    }
}
