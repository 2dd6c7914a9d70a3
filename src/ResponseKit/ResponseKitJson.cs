using System.Text.Json.Serialization;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Records;
using ResponseKit.Response;

namespace ResponseKit;

/// <summary>How cases, incidents and plans are written as JSON; for receipts see <see cref="ReceiptJson"/>.</summary>
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
[JsonSerializable(typeof(ResponsePlan))]
[JsonSerializable(typeof(ResponsePass))]
[JsonSerializable(typeof(ResponseLook))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(FieldError))]
[JsonSerializable(typeof(CallOutcome.Failed), TypeInfoPropertyName = "CallFailed")]
[JsonSerializable(typeof(GuardVerdict.NeedsApproval), TypeInfoPropertyName = "GuardNeedsApproval")]
public sealed partial class ResponseKitJson : JsonSerializerContext;
