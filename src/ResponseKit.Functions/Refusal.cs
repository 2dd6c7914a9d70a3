using System.Text.Json;
using ResponseKit.Response;

namespace ResponseKit.Functions;

/// <summary>The answer of a function that did nothing.</summary>
internal static class Refusal
{
    public static byte[] Write(string error, IEnumerable<FieldError> fields) => AnswerJson.Of(json =>
    {
        json.WriteString("error", error);
        json.WriteStartArray("fields");
        foreach (var field in fields)
            JsonSerializer.Serialize(json, field, ResponseJson.Default.FieldError);
        json.WriteEndArray();
    });
}
