using System.Text.Json.Serialization;
using ResponseKit.Correlation.Blame;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>
/// How cases and incidents are written as JSON. Where a member is not there, be it that an older version or somebody else wrote the text, the serializer hands null, or no list, to
/// constructors and to what is <c>init</c>: whoever reads what others can write must look, as <c>StoredItems</c> does.
/// </summary>
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
