using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResponseKit.Cli.Drill.Output;

/// <summary>Writes a drill's result as one JSON object.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DrillDocument), TypeInfoPropertyName = "Document")]
internal sealed partial class DrillJson : JsonSerializerContext
{
    public static string Write(DrillResult result)
    {
        // Names with quotes or angle brackets stay readable; the output is JSON, never HTML.
        var options = new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return JsonSerializer.Serialize(DrillDocument.From(result), new DrillJson(options).Document);
    }
}

/// <summary>The documented shape of <c>drill --json</c>.</summary>
internal sealed record DrillDocument(
    string Scenario,
    string Mode,
    bool Passed,
    string? Incident,
    IReadOnlyList<Checks.DrillCheck> Checks,
    IReadOnlyList<DrillDocument.Moment> Timeline,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Calls,
    double Seconds,
    IReadOnlyList<Deploying.NotEmulated>? NotEmulated,
    string? Emulator,
    int? EmulatorProcess)
{
    public static DrillDocument From(DrillResult result) => new(
        result.Scenario,
        result.Mode,
        result.Passed,
        result.Incident,
        result.Checks,
        [.. result.Timeline.Select(moment => new Moment(Math.Round(moment.At.TotalSeconds, 3), moment.Side.ToString().ToLowerInvariant(), moment.Text))],
        result.Calls.ToDictionary(service => service.Key, IReadOnlyDictionary<string, int> (service) => service.Value, StringComparer.Ordinal),
        Math.Round(result.Seconds, 3),
        result.NotEmulated.IsEmpty ? null : result.NotEmulated,
        result.Emulator,
        result.EmulatorProcess);

    /// <param name="Second">Seconds since the attack began.</param>
    /// <param name="Side">drill, attacker or responder.</param>
    /// <param name="Text">What happened.</param>
    internal sealed record Moment(double Second, string Side, string Text);
}
