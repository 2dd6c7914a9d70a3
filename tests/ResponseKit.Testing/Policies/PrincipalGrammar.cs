using System.Text.Json;
using System.Text.RegularExpressions;

namespace ResponseKit.Testing.Policies;

/// <summary>What is wrong with those whom a statement names (IAM User Guide, "AWS JSON policy elements: Principal").</summary>
internal static partial class PrincipalGrammar
{
    public static IEnumerable<string> Problems(JsonElement principals)
    {
        if (principals.ValueKind == JsonValueKind.String)
            return principals.GetString() == "*" ? [] : [$"The principal {principals} has no kind."];
        if (principals.ValueKind != JsonValueKind.Object || !principals.EnumerateObject().Any())
            return ["Principal names nobody."];
        return principals.EnumerateObject().SelectMany(kind => Problems(kind.Name, kind.Value));
    }

    private static IEnumerable<string> Problems(string kind, JsonElement named)
    {
        var texts = StatementGrammar.Texts(named).ToList();
        if (texts.Count == 0)
            yield return $"Principal names nobody under {kind}.";
        foreach (var text in texts)
        {
            var good = kind switch
            {
                "AWS" => Person().IsMatch(text),
                "Service" => Service().IsMatch(text),
                "Federated" => Provider().IsMatch(text),
                "CanonicalUser" => Canonical().IsMatch(text),
                _ => false,
            };
            if (!good)
                yield return $"{text} is no principal of the kind {kind}.";
        }
    }

    // A wildcard is taken alone, and not as a part of an ARN.
    [GeneratedRegex(@"^(\*|\d{12}|arn:(aws|aws-cn|aws-us-gov):(iam::\d{12}:(root|(user|role)/[\w+=,.@/-]+)|sts::\d{12}:(assumed-role|federated-user)/[\w+=,.@/-]+))$")]
    private static partial Regex Person();

    [GeneratedRegex(@"^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$")]
    private static partial Regex Service();

    [GeneratedRegex(@"^(arn:(aws|aws-cn|aws-us-gov):iam::\d{12}:(saml-provider|oidc-provider)/.+|[a-z0-9.-]+\.[a-z]+)$")]
    private static partial Regex Provider();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Canonical();
}
