using System.Text.Json.Serialization;
using ResponseKit.Correlation.Blame;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>How cases and incidents are written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Observation))]
[JsonSerializable(typeof(SlotContent))]
[JsonSerializable(typeof(CaseLink))]
[JsonSerializable(typeof(CaseFile))]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(CallOutcome.Failed), TypeInfoPropertyName = "CallFailed")]
public sealed partial class CaseJson : JsonSerializerContext;
