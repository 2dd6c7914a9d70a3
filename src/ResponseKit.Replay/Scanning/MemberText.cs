namespace ResponseKit.Replay.Scanning;

/// <summary>Looks at a member of a JSON object around a place in its text.</summary>
internal static class MemberText
{
    /// <summary>The string that is the value of the member whose quoted name ends before the text; false when the text is something else.</summary>
    public static bool TryValue(ReadOnlySpan<byte> behindName, out ReadOnlySpan<byte> value)
    {
        value = default;
        var at = SkipSpace(behindName, 0);
        if (at == behindName.Length || behindName[at] != ':')
            return false;
        at = SkipSpace(behindName, at + 1);
        if (at == behindName.Length || behindName[at] != '"')
            return false;
        value = behindName[(at + 1)..];
        var end = value.IndexOf((byte)'"');
        value = end < 0 ? default : value[..end];
        return end >= 0;
    }

    /// <summary>Whether the text before a value's own quotation mark ends with this quoted name and a colon.</summary>
    public static bool IsNamed(ReadOnlySpan<byte> beforeValue, ReadOnlySpan<byte> quotedName)
    {
        var text = beforeValue.TrimEnd(" \t\r\n"u8);
        return text.EndsWith(":"u8) && text[..^1].TrimEnd(" \t\r\n"u8).EndsWith(quotedName);
    }

    /// <summary>Whether a value's characters are not what its bytes say; a value that seems to end with an escaped mark is such a one.</summary>
    public static bool IsEscaped(ReadOnlySpan<byte> value) => value.Contains((byte)'\\');

    private static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        return at;
    }
}
