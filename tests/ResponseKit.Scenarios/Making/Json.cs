using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ResponseKit.Scenarios.Making;

/// <summary>From the anonymous objects in which calls are written down to JSON. What is null in them is left out, as CloudTrail leaves it out.</summary>
internal static class Json
{
    /// <summary>Stands for the time of the call in milliseconds since 1970; it is no number that occurs otherwise.</summary>
    public const long Now = -8_888_888_888;

    public static readonly string NowInMilliseconds = $"{Now}";

    public static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), Plain),
    };

    /// <summary>A document that is a string within a record, such as a policy.</summary>
    public static string Text(object value) => JsonSerializer.Serialize(value, value.GetType(), Plain);

    /// <summary>The percent-encoded copy of a policy that IAM's responses hold.</summary>
    public static string Encoded(string document) => Uri.EscapeDataString(document);
}
