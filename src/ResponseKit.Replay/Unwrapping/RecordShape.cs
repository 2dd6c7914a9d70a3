using System.Text.Json;

namespace ResponseKit.Replay.Unwrapping;

/// <summary>Tells a record, or EventBridge's envelope of one, from an object that holds one somewhere inside.</summary>
internal static class RecordShape
{
    /// <summary>
    /// Whether the object is a record by its own members. What is no JSON counts as one, so that whoever parses it says what is wrong.
    /// </summary>
    public static bool IsRecord(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (hasName, hasIdentity, hasText) = (false, false, false);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isName, isSource, isIdentity, isDetail) =
                    (reader.ValueTextEquals("eventName"u8), reader.ValueTextEquals("eventSource"u8), reader.ValueTextEquals("userIdentity"u8), reader.ValueTextEquals("detail"u8));
                reader.Read();
                if (isDetail && reader.TokenType == JsonTokenType.StartObject)
                    return true;
                // S3's event notifications are made like records, and only name objects.
                if (isSource && reader.TokenType == JsonTokenType.String && reader.ValueSpan.StartsWith("aws:"u8))
                    return false;
                hasName |= isName;
                hasIdentity |= isIdentity;
                if (hasName && hasIdentity)
                    return true;
                hasText |= reader.TokenType == JsonTokenType.String && MayHoldRecord(reader.ValueSpan);
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return true;
        }

        // A row with the whole record in one column and some of its members in others.
        return hasName && !hasText;
    }

    /// <summary>Whether a parsed object is a record, or EventBridge's envelope of one.</summary>
    public static bool IsRecord(JsonElement value) =>
        (IsText(value, "eventName", out _) && IsText(value, "eventSource", out _) && !IsNotice(value))
        || (value.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Object && value.TryGetProperty("detail-type", out _));

    /// <summary>
    /// Whether it is what S3 and Kinesis hand to a function (S3 User Guide, "Event message structure"): made like a record, though it only names objects or wraps data.
    /// </summary>
    public static bool IsNotice(JsonElement value) => IsText(value, "eventSource", out var source) && source.StartsWith("aws:", StringComparison.Ordinal);

    private static bool MayHoldRecord(ReadOnlySpan<byte> text) => text.Length > 40 && text[0] == '{' && text.IndexOf("eventName"u8) >= 0;

    private static bool IsText(JsonElement value, string name, out string text)
    {
        var isText = value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String;
        text = isText ? member.GetString()! : "";
        return isText;
    }
}
