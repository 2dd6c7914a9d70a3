using System.Buffers;
using System.Text;
using System.Text.Json;
using ResponseKit.Text;

namespace ResponseKit.Replay.Reading;

/// <summary>
/// JSON strings that hold JSON, in a list or one after another: <c>aws cloudtrail lookup-events --query 'Events[].CloudTrailEvent'</c>. What stands between them and is
/// something else is told.
/// </summary>
internal sealed class StringText(RecordRelay relay) : TextReading
{
    // Quotation marks within take a second byte, and so on with each layer.
    private const int MostBytes = 4 * JsonInput.MaxBytes;

    private readonly ArrayBufferWriter<byte> text = new();
    private bool isInside;
    private bool isEscaped;
    private bool isTooLong;
    private long found;
    private long offset;
    private long strange;
    private long large;

    public override long Offset => offset;

    public override string? Problem => strange > 0 ? "something else than texts stands between its texts"
        : isInside ? $"the text is cut off: byte {offset}, after {found} records"
        : null;

    public override bool HasList => true;

    public override long TooLarge => large;

    public override string? TooLargeProblem => large == 0 ? null : $"{large} texts of more than {MostBytes} bytes were left out";

    public override void Read(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (isInside)
            {
                at = Inside(bytes, at);
            }
            else if (bytes[at] == '"')
            {
                (isInside, isEscaped, isTooLong) = (true, false, false);
                text.ResetWrittenCount();
                text.Write("\""u8);
            }
            else if (bytes[at] is not ((byte)'[' or (byte)']' or (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
            {
                strange++;
            }
        }

        offset += bytes.Length;
    }

    public override void End()
    {
    }

    // Gives back where the text ends in the bytes at hand, or where they end.
    private int Inside(ReadOnlySpan<byte> bytes, int from)
    {
        for (var at = from; at < bytes.Length; at++)
        {
            if (isEscaped)
                isEscaped = false;
            else if (bytes[at] == '\\')
                isEscaped = true;
            else if (bytes[at] == '"')
            {
                Keep(bytes[from..(at + 1)]);
                isInside = false;
                Finish();
                return at;
            }
        }

        Keep(bytes[from..]);
        return bytes.Length;
    }

    private void Keep(ReadOnlySpan<byte> more)
    {
        isTooLong |= text.WrittenCount + more.Length > MostBytes;
        if (!isTooLong)
            text.Write(more);
    }

    private void Finish()
    {
        if (isTooLong)
        {
            large++;
            return;
        }

        try
        {
            var reader = new Utf8JsonReader(text.WrittenSpan);
            reader.Read();
            relay.String(Encoding.UTF8.GetBytes(reader.GetString()!), found++);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            strange++;
        }
    }
}
