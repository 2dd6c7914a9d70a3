using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ResponseKit.Replay.Archives;
using ResponseKit.Text;

namespace ResponseKit.Replay.Unwrapping;

/// <summary>
/// Finds the records inside of objects that are none: events of <c>lookup-events</c>, messages of SNS and SQS, log events of CloudWatch, documents of Elastic, rows of
/// results. Records are taken wherever they stand, as objects, as text, or as text that is compressed and written in base 64. Never throws on what it reads.
/// </summary>
/// <param name="expansion">Watches what comes out of compressed text.</param>
/// <param name="take">Takes what was found: a record, or text in which more is to be looked for.</param>
internal sealed class RecordUnwrapper(Expansion expansion, IUnwrapped take)
{
    private const int LeastText = 30;

    // A subscription's message has at most 1 MiB as it comes (CloudWatch Logs User Guide, "Log group-level subscription filters").
    private const int MostInflated = 64 << 20;

    private static readonly UTF8Encoding Utf8Text = new(encoderShouldEmitUTF8Identifier: false);

    private string[]? columns;

    /// <summary>Looks for records in an object or a list.</summary>
    public void Unwrap(ReadOnlySpan<byte> json)
    {
        if (!JsonInput.TryLend(json, out var lent, out _))
            return;
        using (lent)
            Members(lent.Root);
    }

    private void Walk(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when RecordShape.IsRecord(value):
                take.Record(Utf8Text.GetBytes(value.GetRawText()));
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                Members(value);
                break;
            case JsonValueKind.String when value.GetString() is { Length: >= LeastText } text:
                Text(text);
                break;
            default:
                break;
        }
    }

    private void Members(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            if (Row(value) is { } row)
                Row(row);
            else
                foreach (var item in value.EnumerateArray())
                    Walk(item);
        }
        else if (value.TryGetProperty("Data", out var cells) && cells.ValueKind == JsonValueKind.Array && IsAthenaRow(cells))
        {
            AthenaRow(cells);
        }
        else if (RowRecord.IsRow(value.EnumerateObject().Select(member => member.Name)) && !RecordShape.IsNotice(value) && !HasWhole(value))
        {
            take.Record(RowRecord.Of(value));
        }
        else
        {
            foreach (var member in value.EnumerateObject())
                Walk(member.Value);
        }
    }

    // A row with the whole record in one column and some of its members in others.
    private static bool HasWhole(JsonElement value) => value.EnumerateObject().Any(member =>
        member.Value.ValueKind == JsonValueKind.String && RowRecord.Canonical(member.Name) is null && IsWhole(member.Value.GetString()!));

    private static bool IsWhole(string text) => text.AsSpan().TrimStart().StartsWith("{") && text.Contains("eventName", StringComparison.Ordinal);

    // CloudTrail Lake gives a row as a list of objects with one member each, CloudWatch Logs Insights as a list of fields with their values
    // (CloudTrail API Reference, "GetQueryResults"; CloudWatch Logs API Reference, "ResultField").
    private static List<(string, string)>? Row(JsonElement list)
    {
        var row = new List<(string, string)>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
                return null;
            var members = item.EnumerateObject().Take(3).ToList();
            if (members is [{ Value.ValueKind: JsonValueKind.String } only])
                row.Add((only.Name, only.Value.GetString()!));
            else if (item.TryGetProperty("field", out var field) && item.TryGetProperty("value", out var value)
                && field.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String)
                row.Add((field.GetString()!, value.GetString()!));
            else if (members.Count != 0)
                return null;
        }

        return row.Count == 0 ? null : row;
    }

    /// <summary>Takes a row of cells with the names of their columns.</summary>
    public void Row(IReadOnlyList<(string Name, string Cell)> row)
    {
        var whole = row.Where(cell => RowRecord.Canonical(cell.Name) is null && IsWhole(cell.Cell)).Select(cell => cell.Cell).FirstOrDefault();
        if (whole is null && RowRecord.IsRow(row.Select(cell => cell.Name)))
        {
            take.Record(RowRecord.Of(row));
            return;
        }

        foreach (var (_, cell) in whole is null ? row : [("", whole)])
        {
            if (cell.Length >= LeastText)
                Text(cell);
        }
    }

    private static bool IsAthenaRow(JsonElement cells) => cells.EnumerateArray().Any()
        && cells.EnumerateArray().All(cell => cell.ValueKind == JsonValueKind.Object && (!cell.EnumerateObject().Any() || cell.TryGetProperty("VarCharValue", out _)));

    // The first row has the names (Athena API Reference, "GetQueryResults").
    private void AthenaRow(JsonElement cells)
    {
        var texts = cells.EnumerateArray().Select(cell => cell.TryGetProperty("VarCharValue", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "").ToArray();
        if (columns is null || texts.SequenceEqual(columns, StringComparer.Ordinal))
        {
            columns = texts;
            take.Header();
        }
        else
        {
            Row([.. columns.Zip(texts)]);
        }
    }

    private void Text(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        if (trimmed.StartsWith("H4sI"))
            Compressed(trimmed.ToString());
        else if (trimmed.StartsWith("eyJ") || trimmed.StartsWith("ewo"))
            Encoded(trimmed.ToString());
        else if (trimmed.Length > 0 && trimmed[0] is '{' or '[')
            take.Text(Utf8Text.GetBytes(trimmed.ToString()));
        // Syslog and agents put a few words in front.
        else if (trimmed.IndexOf("{\"") is > 0 and var at && trimmed.Contains("eventName", StringComparison.Ordinal))
            take.Text(Utf8Text.GetBytes(trimmed[at..].ToString()));
    }

    private void Encoded(string text)
    {
        if (Bytes(text) is { } bytes)
            take.Text(bytes);
    }

    // What a subscription of CloudWatch Logs delivers (CloudWatch Logs User Guide, "Log group-level subscription filters").
    private void Compressed(string text)
    {
        if (Bytes(text) is not { } bytes)
            return;
        if (Inflated(bytes) is { } whole)
            take.Text(whole.GetBuffer().AsSpan(0, (int)whole.Length));
        else
            take.Broken();
    }

    private MemoryStream? Inflated(byte[] packed)
    {
        try
        {
            using var text = new WatchedText(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress), expansion);
            var whole = new MemoryStream();
            var buffer = new byte[81_920];
            for (int count; (count = text.Read(buffer)) > 0;)
            {
                if (whole.Length + count > MostInflated)
                    return null;
                whole.Write(buffer, 0, count);
            }

            return whole;
        }
        catch (Exception error) when (error is InvalidDataException or UnreadableException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string text)
    {
        text = text.Trim();
        if (!Base64.IsValid(text, out var length))
            return null;
        var bytes = new byte[length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }
}

/// <summary>Takes what was found inside of an object.</summary>
internal interface IUnwrapped
{
    /// <summary>A record.</summary>
    void Record(ReadOnlySpan<byte> json);

    /// <summary>Text that begins as JSON does.</summary>
    void Text(ReadOnlySpan<byte> text);

    /// <summary>A row that names the columns of those which follow.</summary>
    void Header();

    /// <summary>Text that should hold records and is damaged.</summary>
    void Broken();
}
