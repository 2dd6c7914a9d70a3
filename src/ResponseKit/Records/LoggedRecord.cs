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

    /// <summary>
    /// Reads UTF-8 text, which may go away afterwards. Members that hold their object as text, as tables of logs keep them, are read as that object. Never throws.
    /// </summary>
    public static LoggedRecord Read(ReadOnlySpan<byte> text)
    {
        if (!JsonInput.TryLend(text, out var json, out var problem))
            return new(null, RecordParser.NoRecord(problem));
        if (!TextualMembers.Any(new RecordMembers(new Field(json.Root))))
            return new(json, RecordParser.Read(new Field(json.Root), isLogged: true));
        using (json)
        {
            return TextualMembers.Unfold(new Field(json.Root), out problem) is { } unfolded && JsonInput.TryLend(unfolded, out var whole, out problem)
                ? new(whole, RecordParser.Read(new Field(whole.Root), isLogged: true))
                : new(null, RecordParser.NoRecord(problem));
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => json?.Dispose();
}
