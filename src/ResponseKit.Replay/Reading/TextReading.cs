using ResponseKit.Replay.Contents;

namespace ResponseKit.Replay.Reading;

/// <summary>Takes text apart that comes in pieces, and gives what stands where records do to a relay.</summary>
internal abstract class TextReading : IDisposable
{
    /// <summary>How many bytes came so far.</summary>
    public abstract long Offset { get; }

    /// <summary>Where the text is damaged; null while it is whole.</summary>
    public abstract string? Problem { get; }

    /// <summary>Whether a list was found that may hold records, even if it is empty.</summary>
    public virtual bool HasList => false;

    /// <summary>How many records were too large, and were not handed over.</summary>
    public virtual long TooLarge => 0;

    /// <summary>What to say of these; null when there are none.</summary>
    public virtual string? TooLargeProblem => null;

    /// <summary>A reading for content of this kind.</summary>
    public static TextReading Of(Content content, RecordRelay relay) => content switch
    {
        Content.Strings => new StringText(relay),
        Content.Lines => new LineText(relay),
        Content.Table table => new TableText(table.Separator, relay),
        _ => new JsonText(relay),
    };

    /// <summary>Takes the next piece.</summary>
    public abstract void Read(ReadOnlySpan<byte> bytes);

    /// <summary>Says that there are no more.</summary>
    public abstract void End();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
