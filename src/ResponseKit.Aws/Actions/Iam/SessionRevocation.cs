using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// The inline policy by which the IAM console revokes the sessions of a role: it denies everything to credentials issued before a moment.
/// IAM User Guide, "Revoke IAM role temporary security credentials".
/// </summary>
internal static class SessionRevocation
{
    /// <summary>The policy's name, as the console gives it.</summary>
    public const string PolicyName = "AWSRevokeOlderSessions";

    /// <summary>The policy, as the console writes it.</summary>
    public static string Document(DateTimeOffset cut) =>
        """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["*"],"Resource":["*"],"Condition":{"DateLessThan":{"aws:TokenIssueTime":"CUT"}}}]}"""
            .Replace("CUT", Text(cut), StringComparison.Ordinal);

    /// <summary>A moment as it stands in the policy, to the millisecond.</summary>
    public static string Text(DateTimeOffset cut) => cut.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The moment before which a document denies all sessions; null when it does no such thing, or is no policy.</summary>
    public static DateTimeOffset? CutIn(string? document)
    {
        if (string.IsNullOrWhiteSpace(document))
            return null;
        try
        {
            var statements = JsonNode.Parse(document)?["Statement"] switch
            {
                JsonArray many => many.OfType<JsonObject>(),
                JsonObject one => [one],
                _ => [],
            };
            return statements.Select(CutOf).Max();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static DateTimeOffset? CutOf(JsonObject statement)
    {
        if (statement["Effect"]?.GetValue<string>() != "Deny" || !IsAll(statement["Action"]) || !IsAll(statement["Resource"]))
            return null;
        // A second condition would let sessions through.
        if (statement["Condition"] is not JsonObject { Count: 1 } conditions || conditions["DateLessThan"] is not JsonObject { Count: 1 } dates)
            return null;
        var (key, value) = dates.First();
        if (!key.Equals("aws:TokenIssueTime", StringComparison.OrdinalIgnoreCase))
            return null;
        var text = (value is JsonArray many ? many[0] : value)?.GetValue<string>();
        return DateTimeOffset.TryParse(text, null, DateTimeStyles.AssumeUniversal, out var cut) ? cut : null;
    }

    private static bool IsAll(JsonNode? node) => node switch
    {
        JsonArray many => many.Any(IsAll),
        JsonValue value => value.GetValue<string>() == "*",
        _ => false,
    };
}
