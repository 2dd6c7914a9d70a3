using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ResponseKit.Testing;

/// <summary>Turns what AWS answers into text that can be compared, one value a line, so that a failure shows the line that differs.</summary>
public static class StateText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ConstantConverter() },
    };

    /// <summary>The text of a value: an anonymous object, a list, a part of an SDK response. Lists keep their order: sort what AWS does not.</summary>
    public static string Of(object? value) => JsonSerializer.Serialize(value, Options);

    /// <summary>The same, for a value that is JSON already, such as a policy document; escaped as IAM answers it, or not.</summary>
    public static JsonNode? Document(string? document) =>
        document is null ? null : JsonNode.Parse(document.TrimStart().StartsWith('%') ? Uri.UnescapeDataString(document) : document);

    /// <summary>The SDK's constants, such as <c>StatusType.Active</c>, as their text.</summary>
    private sealed class ConstantConverter : JsonConverter<ConstantClass>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(ConstantClass));

        public override ConstantClass Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("State is only written.");

        public override void Write(Utf8JsonWriter writer, ConstantClass value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
