using System.Text.Json;

namespace ResponseKit.StandIns;

/// <summary>Fills objects from JSON.</summary>
internal sealed class JsonReader(ServiceDefinition service)
{
    /// <summary>The first of these properties that is a string; "" if none is.</summary>
    public static string Text(JsonElement json, params string[] names)
    {
        foreach (var name in names)
        {
            if (json.ValueKind == JsonValueKind.Object
                && json.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString() ?? "";
            }
        }

        return "";
    }

    public void Fill(JsonElement json, object owner)
    {
        var shape = Shape.Of(owner.GetType(), service);
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null && shape.Find(property.Name) is { } member)
            {
                member.Set(owner, Value(property.Value, member.Kind));
            }
        }
    }

    private object Value(JsonElement json, ValueKind kind)
    {
        if (kind.IsMap)
        {
            var map = kind.NewMap();
            foreach (var property in json.EnumerateObject())
            {
                map[property.Name] = Value(property.Value, kind.Item!);
            }

            return map;
        }

        if (kind.Item is not null)
        {
            var list = kind.NewList();
            foreach (var item in json.EnumerateArray())
            {
                list.Add(Value(item, kind.Item));
            }

            return list;
        }

        if (kind.IsStructure)
        {
            var structure = Shape.Of(kind.Type, service).New();
            Fill(json, structure);
            return structure;
        }

        return kind.Type == typeof(DateTime) && json.ValueKind == JsonValueKind.Number
            ? DateTime.UnixEpoch.AddSeconds(json.GetDouble())
            : kind.Parse(json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText());
    }
}
