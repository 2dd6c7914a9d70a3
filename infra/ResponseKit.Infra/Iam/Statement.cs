using System.Collections.Immutable;
using System.Text.Json;
using Amazon.CDK.AWS.IAM;

namespace ResponseKit.Infra.Iam;

/// <summary>One statement of a policy of ours.</summary>
/// <param name="Actions">Such as <c>sqs:SendMessage</c>.</param>
/// <param name="Resources">ARNs or patterns; tokens of CDK may stand in them.</param>
internal sealed record Statement(ImmutableArray<string> Actions, ImmutableArray<string> Resources)
{
    /// <summary>Whether it takes away instead of giving.</summary>
    public bool Denies { get; init; }

    /// <summary>Operator, key, values.</summary>
    public ImmutableArray<(string Operator, string Key, ImmutableArray<string> Values)> Conditions { get; init; } = [];

    /// <summary>The same under a condition more.</summary>
    public Statement When(string @operator, string key, params ImmutableArray<string> values) => this with { Conditions = Conditions.Add((@operator, key, values)) };

    /// <summary>The statement for CDK.</summary>
    public PolicyStatement ToStatement(params IPrincipal[] principals) => new(new PolicyStatementProps
    {
        Effect = Denies ? Effect.DENY : Effect.ALLOW,
        Actions = [.. Actions],
        Resources = [.. Resources],
        Principals = principals.Length > 0 ? principals : null,
        Conditions = Conditions.IsEmpty ? null : ConditionsObject(),
    });

    /// <summary>How many characters it has in a policy, without spaces; a token counts as it is spelled.</summary>
    public int Length => JsonSerializer.Serialize(new { Effect = Denies ? "Deny" : "Allow", Action = Actions, Resource = Resources }).Length
        + (Conditions.IsEmpty ? 0 : JsonSerializer.Serialize(ConditionsObject()).Length + 13);

    /// <summary>The statement as JSON of a policy that is not IAM's, in which CDK has no business.</summary>
    /// <param name="id">What it is called.</param>
    public Dictionary<string, object> ToObject(string id)
    {
        var statement = new Dictionary<string, object>
        {
            ["Sid"] = id,
            ["Effect"] = Denies ? "Deny" : "Allow",
            ["Action"] = Actions.ToArray(),
            ["Resource"] = Resources is [var only] ? only : Resources.ToArray(),
        };
        if (!Conditions.IsEmpty)
            statement["Condition"] = ConditionsObject();
        return statement;
    }

    private Dictionary<string, object> ConditionsObject() => Conditions.GroupBy(condition => condition.Operator, StringComparer.Ordinal).ToDictionary(
        of => of.Key,
        of => (object)of.ToDictionary(
            condition => condition.Key, condition => condition.Values is [var only] ? (object)only : condition.Values.ToArray(), StringComparer.Ordinal),
        StringComparer.Ordinal);
}
