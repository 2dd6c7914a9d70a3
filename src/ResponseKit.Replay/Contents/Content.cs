using System.Text;

namespace ResponseKit.Replay.Contents;

/// <summary>
/// What a file holds, as its beginning says: <see cref="Json"/>, <see cref="Strings"/>, <see cref="Lines"/>, <see cref="Table"/>, <see cref="Wide"/>,
/// <see cref="Packed"/>, <see cref="Zip"/>, <see cref="Tar"/> or <see cref="Foreign"/>.
/// </summary>
internal abstract record Content
{
    private Content()
    {
    }

    /// <summary>JSON values one after another, or what is to be taken for them.</summary>
    public sealed record Json : Content;

    /// <summary>JSON strings that hold JSON, in an array or one after another.</summary>
    public sealed record Strings : Content;

    /// <summary>Lines of JSON with something in front of each, such as a time.</summary>
    public sealed record Lines : Content;

    /// <summary>Rows of cells below a row of names.</summary>
    /// <param name="Separator">What stands between two cells.</param>
    public sealed record Table(byte Separator) : Content;

    /// <summary>Text with several bytes a character.</summary>
    /// <param name="Encoding">Its encoding.</param>
    /// <param name="Skip">How many bytes of a byte order mark come first.</param>
    public sealed record Wide(Encoding Encoding, int Skip) : Content;

    /// <summary>Compressed with gzip, once more.</summary>
    public sealed record Packed : Content;

    /// <summary>A ZIP archive.</summary>
    public sealed record Zip : Content;

    /// <summary>A tar archive.</summary>
    public sealed record Tar : Content;

    /// <summary>Something that is not read.</summary>
    /// <param name="Reason">What it is and what to do instead, without a full stop.</param>
    public sealed record Foreign(string Reason) : Content;

    /// <summary>Judges by the beginning of a file or text.</summary>
    public static Content Of(ReadOnlySpan<byte> first) =>
        Binary(first) ?? Unicode(first) ?? ForeignContent.Of(first) ?? Text(first[(first.StartsWith("\uFEFF"u8) ? 3 : 0)..]);

    private static Content? Binary(ReadOnlySpan<byte> first)
    {
        if (first is [0x1F, 0x8B, ..])
            return new Packed();
        if (first.StartsWith("PK\u0003\u0004"u8) || first.StartsWith("PK\u0005\u0006"u8))
            return new Zip();
        // POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar has spaces behind the word.
        return first.Length > 262 && first[257..].StartsWith("ustar"u8) ? new Tar() : null;
    }

    // With a byte order mark, or by the zeros that every other byte of such JSON is.
    private static Wide? Unicode(ReadOnlySpan<byte> first) => first switch
    {
        [0xFF, 0xFE, 0, 0, ..] => new(Encoding.UTF32, 4),
        [0xFF, 0xFE, ..] => new(Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => new(Encoding.BigEndianUnicode, 2),
        [not 0, 0, not 0, 0, ..] => new(Encoding.Unicode, 0),
        [0, not 0, 0, not 0, ..] => new(Encoding.BigEndianUnicode, 0),
        _ => null,
    };

    private static Content Text(ReadOnlySpan<byte> first)
    {
        var text = first.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] == '{')
            return new Json();
        if (text[0] == '[')
            return text[1..].TrimStart(" \t\r\n"u8) is [(byte)'"', ..] ? new Strings() : new Json();
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        var line = end < 0 ? text : text[..end];
        if (TableHeader.SeparatorOf(line) is { } separator)
            return new Table(separator);
        if (text[0] == '"')
            return new Strings();
        return line.IndexOf("{\""u8) > 0 ? new Lines() : new Json();
    }
}
