using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResponseKit.Functions;

/// <summary>Triage's answers as JSON.</summary>
public static class TriageJson
{
    private static readonly TriageJsonContext Context = new(new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The answer as UTF-8 JSON on one line.</summary>
    public static byte[] Write(TriageAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, Context.TriageAnswer);
}

/// <summary>What the compiler generates for writing triage's answers.</summary>
[JsonSerializable(typeof(TriageAnswer))]
[JsonSerializable(typeof(Records.CallOutcome.Failed), TypeInfoPropertyName = "CallFailed")]
internal sealed partial class TriageJsonContext : JsonSerializerContext;
