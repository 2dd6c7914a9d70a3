using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ResponseKit.Testing.Policies;

/// <summary>
/// Says what is wrong with a policy document before AWS does, or instead of AWS, which takes many a document that can never match anything
/// (IAM User Guide, "Grammar of the IAM JSON policy language" and "Access Analyzer policy check reference").
/// </summary>
public static partial class PolicyGrammar
{
    private static readonly string[] Elements = ["Version", "Id", "Statement"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What is wrong; nothing for a good document.</summary>
    /// <param name="document">The document as it is handed to AWS.</param>
    /// <param name="kind">What it is attached to.</param>
    public static ImmutableArray<string> Problems(string document, PolicyKind kind)
    {
        try
        {
            using var json = JsonDocument.Parse(document, Strict);
            return [.. Problems(json.RootElement, document, kind)];
        }
        catch (JsonException error)
        {
            return [$"It is not JSON: {error.Message}"];
        }
    }

    private static IEnumerable<string> Problems(JsonElement policy, string document, PolicyKind kind)
    {
        if (policy.ValueKind != JsonValueKind.Object)
            return ["It is no object."];
        var problems = policy.EnumerateObject().Where(element => !Elements.Contains(element.Name)).Select(element => $"{element.Name} is no element of a policy.").ToList();
        var length = kind.CountsSpace ? document.Length : document.Count(letter => !char.IsWhiteSpace(letter));
        if (length > kind.MaxLength)
            problems.Add($"It has {length} characters, and a {kind} at most {kind.MaxLength}.");
        if (!policy.TryGetProperty("Version", out var version) || version.ValueKind != JsonValueKind.String || version.GetString() != "2012-10-17")
            problems.Add("Version must be \"2012-10-17\": without it, or with an older one, policy variables are plain text.");
        if (!policy.TryGetProperty("Statement", out var statements) || statements.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            return [.. problems, "Statement is missing, or no statement."];
        ImmutableArray<JsonElement> every = statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray()] : [statements];
        if (every.IsEmpty)
            problems.Add("It has no statement.");
        foreach (var (at, statement) in every.Index())
        {
            var name = statement.ValueKind == JsonValueKind.Object && statement.TryGetProperty("Sid", out var sid) ? $"Statement {at + 1} ({sid})" : $"Statement {at + 1}";
            problems.AddRange(StatementGrammar.Problems(statement, kind).Select(problem => $"{name}: {problem}"));
        }

        problems.AddRange(Sids(every, kind));
        return problems;
    }

    private static IEnumerable<string> Sids(ImmutableArray<JsonElement> statements, PolicyKind kind)
    {
        var sids = statements.Where(statement => statement.ValueKind == JsonValueKind.Object).Select(statement => statement.TryGetProperty("Sid", out var sid) ? sid : default)
            .Where(sid => sid.ValueKind != JsonValueKind.Undefined).ToList();
        foreach (var sid in sids)
        {
            if (sid.ValueKind != JsonValueKind.String)
                yield return $"Sid {sid} is no text.";
            // IAM takes letters and digits alone; keys, buckets, topics and queues more.
            else if (!(kind.Service is null ? Alphanumeric() : Loose()).IsMatch(sid.GetString()!))
                yield return $"Sid \"{sid}\" has characters that a {kind} may not have there.";
        }

        foreach (var twice in sids.Where(sid => sid.ValueKind == JsonValueKind.String).GroupBy(sid => sid.GetString(), StringComparer.Ordinal).Where(same => same.Count() > 1))
            yield return $"Sid \"{twice.Key}\" stands at {twice.Count()} statements.";
    }

    [GeneratedRegex("^[A-Za-z0-9]*$")]
    private static partial Regex Alphanumeric();

    [GeneratedRegex("^[A-Za-z0-9 ._-]*$")]
    private static partial Regex Loose();
}
