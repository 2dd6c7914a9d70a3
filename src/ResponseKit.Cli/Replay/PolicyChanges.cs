using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Policy;

namespace ResponseKit.Cli.Replay;

/// <summary>Applies <c>--what-if key=value</c> to a policy file, as if it stood there.</summary>
internal static class PolicyChanges
{
    /// <summary>Short names for what is asked most.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["threshold"] = "correlation.containAt",
        ["window"] = "correlation.windowMinutes",
        ["rush"] = "correlation.rushMinutes",
    };

    /// <summary>What may stand before the equals sign, for a message.</summary>
    public static string Accepted => $"{string.Join(", ", Names.Keys)}, {string.Join(", ", PolicyFile.Keys.Where(key => key != "mode"))}";

    /// <summary>The file's text with the changes made; null, and what is wrong, when one of them cannot be.</summary>
    public static string? Apply(string policy, IEnumerable<string> changes, out string problem)
    {
        problem = "";
        var root = JsonNode.Parse(policy)!.AsObject();
        foreach (var change in changes)
        {
            if (change.Split('=', 2) is not [var name, var value] || (Names.GetValueOrDefault(name) ?? name) is not { } path || !PolicyFile.Keys.Contains(path))
            {
                problem = $"--what-if does not take '{change}'. Accepted: KEY=VALUE with a key of {Accepted}.";
                return null;
            }

            Set(root, path.Split('.'), ValueOf(value));
        }

        LetDefaultsFollow(root);
        return root.ToJsonString();
    }

    // A file that writes every default out, as the one that comes with ResponseKit does, must not stand in the way of another threshold.
    private static void LetDefaultsFollow(JsonObject root)
    {
        if (root["correlation"] is not JsonObject correlation || correlation["containAt"] is not JsonValue threshold || !threshold.TryGetValue<int>(out var containAt))
            return;
        if (correlation["watchAt"] is JsonValue watch && watch.TryGetValue<int>(out var watchAt) && watchAt >= containAt)
            correlation.Remove("watchAt");
        if (correlation["caps"] is not JsonObject caps)
            return;
        foreach (var cap in caps.Where(cap => cap.Value is JsonValue value && value.TryGetValue<int>(out var number) && number >= containAt).ToList())
            caps.Remove(cap.Key);
    }

    private static void Set(JsonObject root, string[] path, JsonNode? value)
    {
        var node = root;
        foreach (var step in path[..^1])
            node = (node[step] ??= new JsonObject()).AsObject();
        node[path[^1]] = value;
    }

    private static JsonNode? ValueOf(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
