using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ResponseKit.Text;

/// <summary>
/// Reads JSON that somebody else wrote. What comes out owns its memory, and every string in it can be decoded: the JSON reader would
/// throw, much later, on bytes that are no UTF-8 and on half a surrogate pair, and one such name must not hide a record.
/// </summary>
internal static class JsonInput
{
    /// <summary>More than AWS sends: EventBridge takes at most 1 MiB an entry, CloudTrail leaves out fields over 100 KB.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Utf8Text = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The value, or what is wrong with the text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out JsonElement value, out string problem)
    {
        value = default;
        if (!IsOfFairSize(ref json, out problem))
            return false;
        try
        {
            value = JsonElement.Parse(IsDecodable(json) ? json : Repair(json));
            return true;
        }
        catch (JsonException error)
        {
            problem = Named(error);
            return false;
        }
    }

    /// <summary>The same in memory that is lent: the value and all of its parts are gone when it is disposed of.</summary>
    public static bool TryLend(ReadOnlySpan<byte> json, [NotNullWhen(true)] out LentJson? value, out string problem)
    {
        value = null;
        if (!IsOfFairSize(ref json, out problem))
            return false;
        try
        {
            value = LentJson.Parse(IsDecodable(json) ? json : Repair(json));
            return true;
        }
        catch (JsonException error)
        {
            problem = Named(error);
            return false;
        }
    }

    /// <summary>The same for a value that was read by somebody else, whose memory may go away.</summary>
    public static bool TryRead(JsonElement json, out JsonElement value, out string problem)
    {
        if (json.ValueKind != JsonValueKind.Undefined)
            return TryRead(JsonMarshal.GetRawUtf8Value(json), out value, out problem);
        value = default;
        problem = "it is empty";
        return false;
    }

    private static bool IsOfFairSize(ref ReadOnlySpan<byte> json, out string problem)
    {
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        var isFair = json.Length <= MaxBytes;
        problem = isFair ? "" : $"it has {json.Length} bytes, more than the {MaxBytes} that are read";
        return isFair;
    }

    private static string Named(JsonException error) => $"it is no JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";

    private static bool IsDecodable(ReadOnlySpan<byte> json) =>
        Utf8.IsValid(json) && (!json.Contains((byte)'\\') || (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0));

    // U+FFFD stands for each byte and each escape that cannot be decoded.
    private static byte[] Repair(ReadOnlySpan<byte> json)
    {
        var text = Utf8Text.GetString(json);
        var repaired = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = text[at] != '\\' ? 1 : char.IsHighSurrogate(EscapedAt(text, at)) && char.IsLowSurrogate(EscapedAt(text, at + 6)) ? 12 : 2;
            if (length == 2 && char.IsSurrogate(EscapedAt(text, at)))
            {
                repaired.Append("\\ufffd");
                at += 6;
                continue;
            }

            length = Math.Min(length, text.Length - at);
            repaired.Append(text, at, length);
            at += length;
        }

        return Utf8Text.GetBytes(repaired.ToString());
    }

    private static char EscapedAt(string text, int at) =>
        at + 6 <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit)
            ? (char)unit
            : '\0';
}
