using System.Text.Json;

namespace ResponseKit.Replay.Scanning;

/// <summary>What a list in an object holds.</summary>
internal enum ListKind
{
    /// <summary>Something that is part of the object.</summary>
    None,

    /// <summary>The records of a log file.</summary>
    Records,

    /// <summary>Objects that may be records, or hold them.</summary>
    Wrapped,
}

/// <summary>Knows the members of objects that hold records: of log files, and of what AWS's and other programs answer when they are asked for records.</summary>
internal static class LogMember
{
    // Each letter of Records may be written as an escape of six bytes.
    private const int MaxNameBytes = 7 * 6 + 2;

    /// <summary>
    /// What the list holds before whose bracket the text ends: with the name <c>Records</c> and a colon, whatever white space is around the colon, however it is escaped; or
    /// with a name of an answer: of CloudTrail's (<c>Events</c>, <c>QueryResultRows</c>), CloudWatch Logs' (<c>events</c>, <c>logEvents</c>, <c>results</c>), SQS' (<c>Messages</c>),
    /// Athena's (<c>Rows</c>) or Elastic's (<c>hits</c>).
    /// </summary>
    public static ListKind KindOf(ReadOnlySpan<byte> text)
    {
        var name = NameAtEnd(text);
        if (name.SequenceEqual("\"Records\""u8) || (name.Length <= MaxNameBytes && name.Contains((byte)'\\') && IsEscapedName(name)))
            return ListKind.Records;
        var isWrapped = name.Length switch
        {
            6 => name.SequenceEqual("\"hits\""u8) || name.SequenceEqual("\"Rows\""u8),
            8 => name.SequenceEqual("\"Events\""u8) || name.SequenceEqual("\"events\""u8),
            9 => name.SequenceEqual("\"results\""u8) || name.SequenceEqual("\"records\""u8),
            10 => name.SequenceEqual("\"Messages\""u8) || name.SequenceEqual("\"messages\""u8),
            11 => name.SequenceEqual("\"logEvents\""u8),
            17 => name.SequenceEqual("\"QueryResultRows\""u8),
            _ => false,
        };
        return isWrapped ? ListKind.Wrapped : ListKind.None;
    }

    /// <summary>Whether such a list is in the object before whose brace the text ends: in <c>hits</c> of Elastic's answers and <c>ResultSet</c> of Athena's.</summary>
    public static bool IsHolder(ReadOnlySpan<byte> text)
    {
        var name = NameAtEnd(text);
        return name.SequenceEqual("\"hits\""u8) || name.SequenceEqual("\"ResultSet\""u8);
    }

    // With its quotation marks; empty when the text ends otherwise.
    private static ReadOnlySpan<byte> NameAtEnd(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\r\n"u8);
        if (text.IsEmpty || text[^1] != ':')
            return default;
        text = text[..^1].TrimEnd(" \t\r\n"u8);
        if (text.Length < 2 || text[^1] != '"')
            return default;
        var start = text[..^1].LastIndexOf((byte)'"');
        // A mark behind a backslash is within a name, not before it.
        return start < 1 || text[start - 1] == '\\' ? default : text[start..];
    }

    private static bool IsEscapedName(ReadOnlySpan<byte> name)
    {
        try
        {
            var reader = new Utf8JsonReader(name);
            return reader.Read() && reader.ValueTextEquals("Records"u8);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
