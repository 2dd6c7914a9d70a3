using System.Text.Json;

namespace ResponseKit.Infra.Settings;

/// <summary>The context that the CDK command line hands over through the environment, before any construct is made.</summary>
internal static class CdkContext
{
    // aws-cdk-lib/cx-api: what does not fit into the environment is in a file.
    private const string Variable = "CDK_CONTEXT_JSON";
    private const string Overflow = "CONTEXT_OVERFLOW_LOCATION";

    /// <summary>Everything that was given with <c>-c</c> or stands in <c>cdk.json</c>.</summary>
    /// <param name="variable">The value of an environment variable; null when it is not set.</param>
    public static IReadOnlyDictionary<string, JsonElement> Read(Func<string, string?> variable)
    {
        var context = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (variable(Overflow) is { Length: > 0 } file && File.Exists(file))
            Add(File.ReadAllText(file), context);
        if (variable(Variable) is { Length: > 0 } json)
            Add(json, context);
        return context;
    }

    private static void Add(string json, Dictionary<string, JsonElement> context)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
            context[property.Name] = property.Value.Clone();
    }
}
