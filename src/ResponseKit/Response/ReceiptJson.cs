using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>Receipts as JSON: what action functions answer, what stores keep and what reports are made from.</summary>
public static class ReceiptJson
{
    private static readonly ReceiptJsonContext Context = new(Options());

    /// <summary>The receipt as UTF-8 JSON on one line.</summary>
    public static byte[] Write(ActionReceipt receipt) => JsonSerializer.SerializeToUtf8Bytes(receipt, Context.ActionReceipt);

    /// <summary>The receipt as <see cref="Write"/> gives it, without its last steps where it would be too long; its message then says so.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="mostBytes">How long it may be.</param>
    public static byte[] WriteWithin(ActionReceipt receipt, int mostBytes)
    {
        var json = Write(receipt);
        for (var kept = receipt.Steps.Length; json.Length > mostBytes && kept > 0;)
        {
            kept = kept * 3 / 4;
            json = Write(receipt with
            {
                Steps = receipt.Steps[..kept],
                Message = $"{receipt.Message} (This answer lists the first {kept} of {receipt.Steps.Length} steps.)",
            });
        }

        return json;
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Throws <see cref="JsonException"/> for anything else.</summary>
    public static ActionReceipt Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.ActionReceipt) ?? throw new JsonException("A receipt is missing: the text says null.");

    private static JsonSerializerOptions Options() => new(JsonSerializerDefaults.Web)
    {
        // People read receipts in the Lambda console: an apostrophe should stay one.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<ActionMode>(JsonNamingPolicy.CamelCase) },
    };
}

/// <summary>What the compiler generates for reading and writing receipts.</summary>
[JsonSerializable(typeof(ActionReceipt))]
internal sealed partial class ReceiptJsonContext : JsonSerializerContext;
