using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>
/// A record of an old log, which may have been cut, made anonymous or passed through other systems: where it stands bare, its version may be missing, its
/// id too (one is then made of its text), and its account may be any word. Nothing is done because of such a record. It is lent: what
/// <see cref="CloudTrailRecord.Root"/> and the other fields say must be read before it is disposed of.
/// </summary>
public sealed class LoggedRecord : IDisposable
{
    private readonly LentJson? json;

    private LoggedRecord(LentJson? json, ParseResult result) => (this.json, Result) = (json, result);

    /// <summary>The record, or why it is none.</summary>
    public ParseResult Result { get; }

    /// <summary>Reads UTF-8 text, which may go away afterwards. Never throws.</summary>
    public static LoggedRecord Read(ReadOnlySpan<byte> text) => JsonInput.TryLend(text, out var json, out var problem)
        ? new(json, RecordParser.Read(new Field(json.Root), isLogged: true))
        : new(null, RecordParser.NoRecord(problem));

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => json?.Dispose();
}
