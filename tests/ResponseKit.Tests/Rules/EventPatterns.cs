using System.Text.Json;
using ResponseKit.Detections;
using ResponseKit.Rules;

namespace ResponseKit.Tests.Rules;

/// <summary>
/// What EventBridge makes of a pattern, as far as ours go, read from its guide ("Comparison operators for use in event patterns") and not from the code
/// that writes them.
/// </summary>
internal static class EventPatterns
{
    public static bool Accepts(this EventRule rule, string envelope)
    {
        using var pattern = JsonDocument.Parse(rule.Pattern);
        using var whole = JsonDocument.Parse(envelope);
        return All(pattern.RootElement, whole.RootElement);
    }

    /// <summary>A record as the default bus has it.</summary>
    public static string Envelop(string recordJson, string? type = null)
    {
        using var record = JsonDocument.Parse(recordJson);
        if (record.RootElement.TryGetProperty("detail", out _))
            return recordJson;
        var service = record.RootElement.GetProperty("eventSource").GetString()!.Split('.')[0];
        type ??= service == "signin" ? "AWS Console Sign In via CloudTrail" : "AWS API Call via CloudTrail";
        return $$"""
            {"version":"0","id":"1","detail-type":"{{type}}","source":"aws.{{service}}","account":"111122223333","time":"2025-11-02T10:00:01Z",
            "region":"us-east-1","resources":[],"detail":{{recordJson}}}
            """;
    }

    /// <summary>A call of the IAM user <c>ci-bot</c>.</summary>
    public static string Call(string eventSource, string eventName) =>
        Envelop(DetectionExample.Match("a call", eventSource, eventName).ToRecordJson());

    private static bool All(JsonElement pattern, JsonElement? node) => pattern.EnumerateObject().All(wanted => wanted.Name == "$or"
        ? wanted.Value.GetArrayLength() > 1 && wanted.Value.EnumerateArray().Any(branch => All(branch, node))
        : wanted.Value.ValueKind == JsonValueKind.Object
            ? All(wanted.Value, Child(node, wanted.Name))
            : wanted.Value.EnumerateArray().Any(matcher => Fits(matcher, Child(node, wanted.Name))));

    private static JsonElement? Child(JsonElement? node, string name) =>
        node is { ValueKind: JsonValueKind.Object } present && present.TryGetProperty(name, out var child) ? child : null;

    private static bool Begins(string text, JsonElement matcher) => (matcher.TryGetProperty("prefix", out var beginnings), matcher.TryGetProperty("suffix", out var ending)) switch
    {
        (true, false) => beginnings.EnumerateArray().Any(beginning => text.StartsWith(beginning.GetString()!, StringComparison.Ordinal)),
        (false, true) => text.EndsWith(ending.GetString()!, StringComparison.Ordinal),
        _ => throw new NotSupportedException(matcher.ToString()),
    };

    private static bool Fits(JsonElement matcher, JsonElement? value)
    {
        var text = value is { ValueKind: JsonValueKind.String } present ? present.GetString() : null;
        if (matcher.ValueKind == JsonValueKind.String)
            return text == matcher.GetString();
        var (name, wanted) = matcher.EnumerateObject().Select(one => (one.Name, one.Value)).Single();
        return name switch
        {
            "prefix" => text?.StartsWith(wanted.GetString()!, StringComparison.Ordinal) == true,
            "suffix" => text?.EndsWith(wanted.GetString()!, StringComparison.Ordinal) == true,
            "exists" => value is not null == wanted.GetBoolean(),
            "anything-but" when wanted.ValueKind == JsonValueKind.Object => text is not null && !Begins(text, wanted),
            "anything-but" => text is not null && wanted.EnumerateArray().All(one => one.GetString() != text),
            _ => throw new NotSupportedException(name),
        };
    }
}
