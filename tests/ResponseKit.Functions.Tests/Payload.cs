using System.Text;
using System.Text.Json;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Functions.Tests;

/// <summary>Payloads and answers of functions.</summary>
internal static class Payload
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Of(ActionMode mode, ResourceRef target, string? incident = "inc-test") => Of(new ActionRequest
    {
        Mode = mode,
        Account = target.Account,
        Region = FunctionBed.Region,
        Targets = [target],
        Reason = "test",
        Incident = incident,
    }.ToJson());

    public static ActionReceipt Receipt(this FunctionAnswer answer) => answer.Succeeded && !answer.Text.Contains("\"error\":", StringComparison.Ordinal)
        ? ReceiptJson.Read(answer.Body)
        : throw new InvalidOperationException("No receipt: " + answer.Text);

    public static JsonElement Json(this FunctionAnswer answer) => JsonElement.Parse(answer.Body);
}
