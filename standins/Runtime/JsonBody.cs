using System.Buffers;
using System.Collections;
using System.Text.Json;
using Amazon.Runtime;

namespace ResponseKit.StandIns;

/// <summary>Writes a request's body as JSON.</summary>
internal sealed class JsonBody(ServiceDefinition service)
{
    public byte[] Write(object request)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            Structure(json, request);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private void Structure(Utf8JsonWriter json, object owner)
    {
        json.WriteStartObject();
        foreach (var member in Shape.Of(owner.GetType(), service).Members)
        {
            if (member.Wire.In == Place.Body && member.ToSend(owner) is { } value)
            {
                json.WritePropertyName(member.Name);
                Value(json, value);
            }
        }

        json.WriteEndObject();
    }

    private void Value(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool b: json.WriteBooleanValue(b); break;
            case int i: json.WriteNumberValue(i); break;
            case long l: json.WriteNumberValue(l); break;
            case float f: json.WriteNumberValue(f); break;
            case double d: json.WriteNumberValue(d); break;
            case DateTime t: json.WriteNumberValue(Math.Round((t.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds, 3)); break;
            case string or ConstantClass or MemoryStream: json.WriteStringValue(ValueKind.Text(value)); break;
            case IDictionary map: Map(json, map); break;
            case IList list: List(json, list); break;
            default: Structure(json, value); break;
        }
    }

    private void Map(Utf8JsonWriter json, IDictionary map)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            json.WritePropertyName((string)entry.Key);
            Value(json, entry.Value);
        }

        json.WriteEndObject();
    }

    private void List(Utf8JsonWriter json, IList list)
    {
        json.WriteStartArray();
        foreach (var item in list)
        {
            Value(json, item);
        }

        json.WriteEndArray();
    }
}
