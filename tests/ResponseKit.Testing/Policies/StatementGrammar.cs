using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ResponseKit.Testing.Policies;

/// <summary>What is wrong with one statement of a policy.</summary>
internal static partial class StatementGrammar
{
    private static readonly string[] Elements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    public static IEnumerable<string> Problems(JsonElement statement, PolicyKind kind)
    {
        if (statement.ValueKind != JsonValueKind.Object)
            return ["It is no object."];
        var problems = statement.EnumerateObject().Where(element => !Elements.Contains(element.Name)).Select(element => $"{element.Name} is no element of a statement.").ToList();
        if (!statement.TryGetProperty("Effect", out var effect) || effect.ValueKind != JsonValueKind.String || effect.GetString() is not ("Allow" or "Deny"))
            problems.Add("Effect must be \"Allow\" or \"Deny\".");
        problems.AddRange(Either(statement, "Action", "NotAction", wanted: true, out var actions));
        problems.AddRange(Either(statement, "Resource", "NotResource", kind.NamesResources, out var resources));
        problems.AddRange(Either(statement, "Principal", "NotPrincipal", kind.NamesPrincipals, out var principals));
        problems.AddRange(Texts(actions).SelectMany(action => ActionProblems(action, kind)));
        problems.AddRange(Texts(resources).SelectMany(resource => ResourceProblems(resource, kind)));
        if (principals.ValueKind != JsonValueKind.Undefined && kind.NamesPrincipals)
            problems.AddRange(PrincipalGrammar.Problems(principals));
        if (problems.Count == 0 && statement.TryGetProperty("Action", out _) && statement.TryGetProperty("Resource", out _))
            problems.AddRange(Mismatches([.. Texts(actions)], [.. Texts(resources)]));
        if (statement.TryGetProperty("Condition", out var condition))
            problems.AddRange(ConditionGrammar.Problems(condition));
        return problems;
    }

    /// <summary>The texts of an element that may be one text or many.</summary>
    public static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };

    /// <summary>What is wrong with an ARN or a pattern over ARNs, whatever it stands in.</summary>
    public static IEnumerable<string> ArnProblems(string text)
    {
        // What a variable stands for is known at the time of the request.
        var filled = Variable().Replace(text, "*");
        if (ArnFormat.Pattern(filled) is not { } arn)
        {
            yield return $"{text} is no ARN: one has six parts.";
            yield break;
        }

        if (!Partition().IsMatch(arn.Partition))
            yield return $"{text} has no known partition.";
        if (Glob.HasWildcard(arn.Service))
            yield return $"{text} has a wildcard for the service, which IAM does not take.";
        else if (!ServiceReference.Instance.FormatsOf(arn.Service).Any())
            yield return $"{text} is of no service that has ARNs.";
        else if (!Region().IsMatch(arn.Region))
            yield return $"{text} has no region where one belongs.";
        else if (!Account().IsMatch(arn.Account))
            yield return $"{text} has no account where one belongs.";
        else if (arn.Resource.Length == 0)
            yield return $"{text} names nothing.";
        else if (!ServiceReference.Instance.FormatsOf(arn.Service).Any(arn.Fits))
            yield return $"{text} can match no ARN of {arn.Service}, whose ARNs are like {Forms(arn.Service)}.";
    }

    private static string Forms(string service) => string.Join(
        ", ", ServiceReference.Instance.FormatsOf(service).Take(3).Select(form => $"arn:{form.Partition}:{form.Service}:{form.Region}:{form.Account}:{form.Resource}"));

    private static List<string> Either(JsonElement statement, string name, string opposite, bool wanted, out JsonElement element)
    {
        var (has, hasOpposite) = (statement.TryGetProperty(name, out element), statement.TryGetProperty(opposite, out var other));
        if (!has)
            element = other;
        var problems = new List<string>();
        if (has && hasOpposite)
            problems.Add($"{name} and {opposite} exclude each other.");
        if (wanted && !has && !hasOpposite)
            problems.Add($"{name} is missing.");
        if (!wanted && (has || hasOpposite))
            problems.Add($"{(has ? name : opposite)} may not stand here.");
        if (element.ValueKind == JsonValueKind.Array && (element.GetArrayLength() == 0 || element.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)))
            problems.Add($"{name} is an empty list, or has something in it that is no text.");
        else if (element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.String or JsonValueKind.Array) && name != "Principal")
            problems.Add($"{name} is neither a text nor a list of texts.");
        foreach (var twice in Texts(element).GroupBy(text => text, StringComparer.Ordinal).Where(same => same.Count() > 1))
            problems.Add($"{name} has {twice.Key} {twice.Count()} times.");
        return problems;
    }

    private static IEnumerable<string> ActionProblems(string action, PolicyKind kind)
    {
        if (!kind.Actions.IsEmpty && !kind.Actions.Contains(action, StringComparer.OrdinalIgnoreCase))
            yield return $"{action} has no place in a {kind}.";
        if (action == "*")
            yield break;
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == action.Length - 1 || !ActionName().IsMatch(action[(colon + 1)..]))
            yield return $"{action} is no action: it has the form service:Action.";
        else if (!ServiceReference.Instance.HasService(action[..colon]))
            yield return $"{action} is of no known service.";
        else if (kind.Service is { } only && action[..colon] != only)
            yield return $"{action} has no place in a {kind}.";
        else if (!ServiceReference.Instance.ActionsLike(action[..colon], action[(colon + 1)..]).Any())
            yield return $"{action} is no known action.";
    }

    private static IEnumerable<string> ResourceProblems(string resource, PolicyKind kind)
    {
        if (resource == "*")
            return kind.ResourcesAreArns ? [$"* is no resource of a {kind}."] : [];
        return ArnProblems(resource);
    }

    // A statement whose actions are never called on its resources reads as if it allowed or denied something.
    private static IEnumerable<string> Mismatches(ImmutableArray<string> actions, ImmutableArray<string> resources)
    {
        if (resources.Contains("*") || actions.Contains("*"))
            yield break;
        ImmutableArray<ArnFormat> patterns = [.. resources.Select(resource => ArnFormat.Pattern(Variable().Replace(resource, "*"))!)];
        var used = new HashSet<ArnFormat>();
        foreach (var action in actions)
        {
            var (service, name) = (action[..action.IndexOf(':', StringComparison.Ordinal)], action[(action.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            var forms = ServiceReference.Instance.ActionsLike(service, name).SelectMany(one => ServiceReference.Instance.ResourcesOf(service, one)).ToHashSet();
            ImmutableArray<ArnFormat> hit = [.. patterns.Where(pattern => forms.Any(pattern.Fits))];
            if (forms.Count == 0)
                yield return $"{action} has no resource types: only the resource * covers it.";
            else if (hit.IsEmpty)
                yield return $"{action} is called on none of the resources.";
            used.UnionWith(hit);
        }

        foreach (var idle in resources.Where((_, at) => !used.Contains(patterns[at])))
            yield return $"None of the actions is called on {idle}.";
    }

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(aws|aws-cn|aws-us-gov|aws-eusc|aws-iso(-[a-z])?|\*)$")]
    private static partial Regex Partition();

    [GeneratedRegex(@"^([a-z]{2,4}(-[a-z]+)+-\d+|[a-z0-9*?-]*[*?][a-z0-9*?-]*)?$")]
    private static partial Regex Region();

    [GeneratedRegex(@"^(\d{12}|aws|[\d*?]*[*?][\d*?]*)?$")]
    private static partial Regex Account();

    [GeneratedRegex(@"^[A-Za-z0-9*?]+$")]
    private static partial Regex ActionName();
}
