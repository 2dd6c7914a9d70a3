using ResponseKit.Replay.Scanning;
using ResponseKit.Text;

namespace ResponseKit.Replay.Reading;

/// <summary>JSON values one after another.</summary>
internal sealed class JsonText(RecordRelay relay) : TextReading
{
    private readonly RecordSplitter splitter = new(relay);

    public override long Offset => splitter.Offset;

    public override string? Problem =>
        splitter.Problem is { } first ? first + (splitter.Problems == 1 ? "" : $", and {splitter.Problems - 1} more such places")
        : splitter.StrangeLists > 0 ? "a list in it holds something else than objects"
        : null;

    public override bool HasList => splitter.HasArray;

    public override long TooLarge => splitter.TooLarge;

    public override string? TooLargeProblem => LeftOut(splitter);

    /// <summary>What was left out for its length; null when nothing was.</summary>
    public static string? LeftOut(RecordSplitter splitter) => splitter.TooLarge == 0
        ? null
        : $"{splitter.TooLarge} records of more than {JsonInput.MaxBytes} bytes were left out, the first is record {splitter.FirstTooLarge}";

    public override void Read(ReadOnlySpan<byte> bytes) => splitter.Read(bytes);

    public override void End() => splitter.End();

    protected override void Dispose(bool disposing)
    {
        splitter.Dispose();
        base.Dispose(disposing);
    }
}
