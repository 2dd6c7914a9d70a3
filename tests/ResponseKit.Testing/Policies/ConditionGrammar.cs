using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ResponseKit.Testing.Policies;

/// <summary>What is wrong with a statement's conditions (IAM User Guide, "IAM JSON policy elements: Condition operators").</summary>
internal static partial class ConditionGrammar
{
    public static IEnumerable<string> Problems(JsonElement condition)
    {
        if (condition.ValueKind != JsonValueKind.Object || !condition.EnumerateObject().Any())
            return ["Condition is empty, or no object."];
        return condition.EnumerateObject().SelectMany(Operator);
    }

    private static IEnumerable<string> Operator(JsonProperty test)
    {
        var match = Spelling().Match(test.Name);
        if (!match.Success)
            return [$"{test.Name} is no condition operator."];
        if (test.Value.ValueKind != JsonValueKind.Object || !test.Value.EnumerateObject().Any())
            return [$"{test.Name} compares nothing."];
        return test.Value.EnumerateObject().SelectMany(key => Key(match, key));
    }

    private static IEnumerable<string> Key(Match test, JsonProperty compared)
    {
        var (quantifier, name) = (test.Groups["every"].Value, test.Groups["name"].Value);
        if (ConditionKeys.Find(compared.Name) is not { } key)
            yield return $"{compared.Name} is no known condition key.";
        else if (!key.Takes(name))
            yield return $"{name} does not go with {compared.Name}, which is {key.Type}.";
        else if (key.IsMany == (quantifier.Length == 0) && name != "Null")
            yield return key.IsMany ? $"{compared.Name} has many values: {name} needs ForAllValues or ForAnyValue." : $"{quantifier} does not go with {compared.Name}, which has one value.";

        var values = Values(compared.Value).ToList();
        if (values.Count == 0)
            yield return $"{name} has nothing to compare {compared.Name} with.";
        foreach (var value in values)
        {
            foreach (var problem in Value(name, compared.Name, value))
                yield return problem;
        }
    }

    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Values),
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => [value.GetRawText()],
        _ => [],
    };

    private static IEnumerable<string> Value(string name, string key, string value)
    {
        var good = name switch
        {
            "Bool" or "Null" => value is "true" or "false",
            _ when name.StartsWith("Date", StringComparison.Ordinal) => IsoDate().IsMatch(value) || long.TryParse(value, out _),
            _ when name.StartsWith("Numeric", StringComparison.Ordinal) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            "IpAddress" or "NotIpAddress" => IPNetwork.TryParse(value.Contains('/', StringComparison.Ordinal) ? value : value + "/32", out _) || IPAddress.TryParse(value, out _),
            _ => true,
        };
        if (!good)
            yield return $"{value} is nothing that {name} can compare with.";
        if (name is "StringEquals" or "StringNotEquals" or "StringEqualsIgnoreCase" or "StringNotEqualsIgnoreCase" && Glob.HasWildcard(value.Replace("${*}", "", StringComparison.Ordinal)))
            yield return $"{name} takes the wildcard in {value} for a plain character.";
        if (name.StartsWith("Arn", StringComparison.Ordinal) && value != "*")
        {
            foreach (var problem in StatementGrammar.ArnProblems(value))
                yield return problem;
            if (key.Equals("aws:PrincipalArn", StringComparison.OrdinalIgnoreCase) && !Caller().IsMatch(value))
                yield return $"{value} is never what {key} holds: that is a user, the role behind a session, a federated user or an account's root.";
        }
    }

    [GeneratedRegex("^((?<every>ForAllValues|ForAnyValue):)?(?<name>(String(Not)?Equals(IgnoreCase)?|String(Not)?Like|Numeric((Not)?Equals|(Less|Greater)Than(Equals)?)"
        + "|Date((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)))(IfExists)?$|^(?<name>Null)$")]
    private static partial Regex Spelling();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^arn:[^:]+:(iam|sts):[^:]*:[^:]*:(root|\*|[a-z*?-]+/.+)$")]
    private static partial Regex Caller();
}
