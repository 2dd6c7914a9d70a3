using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>Writes a stage as its id.</summary>
internal sealed class ResponseStageConverter : JsonConverter<ResponseStage>
{
    public override ResponseStage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return ResponseStage.All.FirstOrDefault(stage => stage.Id == id) ?? throw new JsonException("Not the id of a stage.");
    }

    public override void Write(Utf8JsonWriter writer, ResponseStage value, JsonSerializerOptions options) => writer.WriteStringValue(value.Id);
}
