using System.Collections.Immutable;
using System.IO.Enumeration;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>One statement of a policy. Every member may be missing or of any type.</summary>
internal sealed class PolicyStatement(Field statement)
{
    // Beyond what IAM accepts as a name, and short enough to match quickly.
    private const int PatternLength = 2048;

    /// <summary>Condition keys that bind a statement for everyone to known principals (IAM User Guide, "AWS global condition context keys").</summary>
    private static readonly string[] PrincipalKeys =
    [
        "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:SourceAccount", "aws:SourceArn",
        "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:userid", "lambda:SourceFunctionArn",
    ];

    private readonly ImmutableArray<string> actions = statement.Ignoring("Action").Texts();
    private readonly ImmutableArray<string> exceptActions = statement.Ignoring("NotAction").Texts();
    private readonly ImmutableArray<string> resources = statement.Ignoring("Resource").Texts();
    private readonly ImmutableArray<string> exceptResources = statement.Ignoring("NotResource").Texts();
    private readonly Field condition = statement.Ignoring("Condition");

    /// <summary>Whether it lets something through.</summary>
    public bool Allows { get; } = string.Equals(statement.Ignoring("Effect").Text, "Allow", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it forbids something.</summary>
    public bool Denies { get; } = string.Equals(statement.Ignoring("Effect").Text, "Deny", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it depends on a condition.</summary>
    public bool HasCondition => condition.Members.Any();

    /// <summary>Whom it is for, in a policy of a resource or a role's trust.</summary>
    public ImmutableArray<TrustedPrincipal> Principals { get; } = TrustedPrincipal.In(statement);

    /// <summary>Whether the action on the resource is among what it is about.</summary>
    public bool Covers(string action, string resource) =>
        (Matches(actions, action) || (exceptActions.Length > 0 && !Matches(exceptActions, action)))
        && (Matches(resources, resource) || (exceptResources.Length > 0 && !Matches(exceptResources, resource)));

    /// <summary>Whether the action is among what it is about; trust policies name no resource.</summary>
    public bool Covers(string action) => Matches(actions, action) || (exceptActions.Length > 0 && !Matches(exceptActions, action));

    /// <summary>Whether a condition binds it to known principals, so that "everyone" is not everyone.</summary>
    public bool IsBoundToPrincipals => Conditions().Any(condition => condition.Binds && PrincipalKeys.Contains(condition.Key, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether the other side must bring an external id, as vendors' integrations do (IAM User Guide, "The confused deputy problem").</summary>
    public bool RequiresExternalId => Conditions().Any(condition => condition.Binds && condition.Key.Equals("sts:ExternalId", StringComparison.OrdinalIgnoreCase));

    // An operator binds when it compares and neither negates nor passes a request that lacks the key.
    private IEnumerable<(string Key, bool Binds)> Conditions() =>
        from test in condition.Members
        let compares = test.Name.Contains("Equals") || test.Name.Contains("Like")
        let lax = test.Name.Contains("Not") || test.Name.EndsWith("IfExists", StringComparison.Ordinal) || test.Name.StartsWith("ForAllValues", StringComparison.Ordinal)
        from key in test.Value.Members
        let values = key.Value.Texts()
        select (key.Name, compares && !lax && values.Length > 0 && !values.Any(value => value.AsSpan().Trim('*').IsEmpty));

    private static bool Matches(ImmutableArray<string> patterns, string text) =>
        patterns.Any(pattern => pattern.Length <= PatternLength && FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true));
}
