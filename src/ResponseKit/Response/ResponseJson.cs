using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>How plans, what is kept of a response, and answers are written as JSON; for receipts see <see cref="ReceiptJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ResponsePlan))]
[JsonSerializable(typeof(ResponsePass))]
[JsonSerializable(typeof(ResponseLook))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(Correlation.Allowance))]
[JsonSerializable(typeof(Dismissal))]
[JsonSerializable(typeof(FieldError))]
[JsonSerializable(typeof(GuardVerdict.NeedsApproval), TypeInfoPropertyName = "GuardNeedsApproval")]
public sealed partial class ResponseJson : JsonSerializerContext;
