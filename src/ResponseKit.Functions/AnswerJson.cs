using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResponseKit.Functions;

/// <summary>A function's answer as JSON that a person can read in the console.</summary>
internal static class AnswerJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with these members, as UTF-8.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
