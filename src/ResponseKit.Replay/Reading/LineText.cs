using ResponseKit.Replay.Scanning;

namespace ResponseKit.Replay.Reading;

/// <summary>
/// Lines of JSON with something in front of each: a time in what CloudWatch Logs exports to S3 and in what <c>aws logs tail</c> prints, a few words in syslog.
/// </summary>
internal sealed class LineText(RecordRelay relay) : TextReading
{
    private readonly RecordSplitter splitter = new(relay);
    private bool isInFront = true;
    private long offset;

    public override long Offset => offset;

    public override string? Problem => splitter.Problem is null ? null : $"{splitter.Problems} of its lines hold no whole record";

    public override long TooLarge => splitter.TooLarge;

    public override string? TooLargeProblem => JsonText.LeftOut(splitter);

    public override void Read(ReadOnlySpan<byte> bytes)
    {
        offset += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var end = isInFront ? bytes.IndexOfAny((byte)'{', (byte)'\n') : bytes.IndexOf((byte)'\n');
            if (!isInFront)
            {
                splitter.Read(end < 0 ? bytes : bytes[..(end + 1)]);
                isInFront = end >= 0;
                bytes = end < 0 ? default : bytes[(end + 1)..];
            }
            else if (end < 0)
            {
                return;
            }
            else
            {
                isInFront = bytes[end] == '\n';
                bytes = bytes[(end + (isInFront ? 1 : 0))..];
            }
        }
    }

    public override void End() => splitter.End();

    protected override void Dispose(bool disposing)
    {
        splitter.Dispose();
        base.Dispose(disposing);
    }
}
