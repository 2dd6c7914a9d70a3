using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResponseKit.Resources;

/// <summary>Writes a kind as its id.</summary>
public sealed class ResourceKindConverter : JsonConverter<ResourceKind>
{
    /// <inheritdoc/>
    public override ResourceKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? ResourceKind.Find(reader.GetString()) : null)
        ?? throw new JsonException("Not the id of a kind of resource.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ResourceKind value, JsonSerializerOptions options) => writer.WriteStringValue(value.Id);
}
