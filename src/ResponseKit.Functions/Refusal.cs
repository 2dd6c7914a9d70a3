using System.Text.Encodings.Web;
using System.Text.Json;
using ResponseKit.Response;

namespace ResponseKit.Functions;

/// <summary>The answer of a function that did nothing.</summary>
internal static class Refusal
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(string error, IEnumerable<FieldError> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("error", error);
            json.WriteStartArray("fields");
            foreach (var field in fields)
                JsonSerializer.Serialize(json, field, ResponseKitJson.Default.FieldError);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
