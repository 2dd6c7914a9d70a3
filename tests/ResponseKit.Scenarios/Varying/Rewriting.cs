using System.Text.Json.Nodes;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Varying;

/// <summary>Changes the texts in a record, and nothing of its shape.</summary>
internal static class Rewriting
{
    // Services, operations, regions and programs have names of their own, which are nobody's.
    private static readonly string[] Fixed = ["eventSource", "eventName", "awsRegion", "userAgent", "eventVersion", "eventType", "eventCategory", "apiVersion"];

    public static string Texts(string json, Func<string, string> change)
    {
        var record = JsonNode.Parse(json)!.AsObject();
        foreach (var name in record.Select(pair => pair.Key).Except(Fixed).ToList())
            record[name] = Changed(record[name], change);
        return record.ToJsonString(Json.Plain);
    }

    /// <summary>The scenario with every record's text, every actor and every name in its labels changed alike.</summary>
    public static Scenario Apply(Scenario scenario, Func<string, string> change) => scenario with
    {
        Attackers = [.. scenario.Attackers.Select(change)],
        Planted = [.. scenario.Planted.Select(change)],
        Records = [.. scenario.Records.Select(record => record with { Json = Texts(record.Json, change), Actor = change(record.Actor) })],
    };

    private static JsonNode? Changed(JsonNode? node, Func<string, string> change) => node switch
    {
        JsonObject group => new JsonObject(group.Select(pair => KeyValuePair.Create(pair.Key, Changed(pair.Value, change)))),
        JsonArray list => new JsonArray([.. list.Select(item => Changed(item, change))]),
        JsonValue value when value.TryGetValue<string>(out var text) => change(text),
        _ => node?.DeepClone(),
    };
}
