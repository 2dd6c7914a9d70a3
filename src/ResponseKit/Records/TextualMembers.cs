using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>
/// Members of old records that hold their object as text: tables in Athena, CloudTrail Lake and other stores keep <c>requestParameters</c> so. CloudTrail itself never
/// writes them as text, so that nothing is lost when the text is read.
/// </summary>
internal static class TextualMembers
{
    private const int MostLayers = 3;

    private static readonly string[] Names =
        ["userIdentity", "requestParameters", "responseElements", "additionalEventData", "serviceEventDetails", "resources", "tlsDetails"];

    private static readonly JsonWriterOptions AsItStands = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether there are any.</summary>
    public static bool Any(in RecordMembers root) =>
        root.Identity.Text is not null || root.Request.Text is not null || root.Response.Text is not null || root.Whole["additionalEventData"].Text is not null;

    /// <summary>Whether this member holds an object, and may hold it as text.</summary>
    public static bool IsOne(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>The record with objects in their place; null, and which member is something else than JSON, when one is.</summary>
    public static byte[]? Unfold(Field whole, out string problem)
    {
        problem = "";
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AsItStands))
        {
            writer.WriteStartObject();
            foreach (var member in whole.RawMembers)
            {
                writer.WritePropertyName(member.Name);
                if (member.Value.ValueKind != JsonValueKind.String || !IsOne(member.Name))
                {
                    member.Value.WriteTo(writer);
                }
                else if (ObjectIn(member.Name, member.Value.GetString()!) is { } json)
                {
                    writer.WriteRawValue(json, skipInputValidation: true);
                }
                else
                {
                    problem = $"its {member.Name} are text that is neither JSON nor a map ('{Printable.Of(member.Value.GetString(), 40)}')";
                    return null;
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[]? ObjectIn(string member, string text)
    {
        for (var layer = 0; layer < MostLayers; layer++)
        {
            text = text.Trim();
            if (text is "" or "null" or "-")
                return "null"u8.ToArray();
            if (text[0] == '"' && Inner(text) is { } inner)
                text = inner;
            else
                return text[0] is '{' or '[' ? Json(member, text) ?? Map(member, text) : null;
        }

        return null;
    }

    private static string? Inner(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetString();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[]? Json(string member, string text) => Written(writer =>
    {
        using var json = JsonDocument.Parse(text);
        if (member == "userIdentity")
            IdentityNames.Write(json.RootElement, writer);
        else
            json.RootElement.WriteTo(writer);
        return true;
    });

    private static byte[]? Map(string member, string text) =>
        Written(writer => PlainMap.TryWrite(text, writer, member == "userIdentity" ? IdentityNames.Canonical : name => name));

    private static byte[]? Written(Func<Utf8JsonWriter, bool> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, AsItStands with { SkipValidation = true });
        try
        {
            if (!write(writer))
                return null;
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
