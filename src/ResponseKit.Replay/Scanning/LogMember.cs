using System.Text.Json;

namespace ResponseKit.Replay.Scanning;

/// <summary>Knows the member of a log file that holds its records.</summary>
internal static class LogMember
{
    // Each of the seven letters may be written as an escape of six bytes.
    private const int MaxNameBytes = 7 * 6 + 2;

    /// <summary>Whether the text ends with the name <c>Records</c> and a colon, whatever white space is around the colon, however it is escaped.</summary>
    public static bool IsNameOf(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \t\r\n"u8);
        if (text.IsEmpty || text[^1] != ':')
            return false;
        text = text[..^1].TrimEnd(" \t\r\n"u8);
        if (text.Length < 2 || text[^1] != '"')
            return false;
        var start = text[..^1].LastIndexOf((byte)'"');
        // A mark behind a backslash is within a name, not before it.
        if (start < 1 || text[start - 1] == '\\')
            return false;
        var name = text[start..];
        return name.SequenceEqual("\"Records\""u8) || (name.Length <= MaxNameBytes && name.Contains((byte)'\\') && IsEscapedName(name));
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
