namespace ResponseKit.Records.Scanning;

/// <summary>Finds the values that a member has, at any depth, by the bytes of its name.</summary>
internal static class MemberSearch
{
    /// <summary>The next string that is the value of the member; the text behind it remains.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> json, ReadOnlySpan<byte> quotedName, out ReadOnlySpan<byte> value)
    {
        while (true)
        {
            var at = json.IndexOf(quotedName);
            if (at < 0)
                break;
            json = json[(at + quotedName.Length)..];
            if (TryString(json, out value))
                return true;
        }

        value = default;
        return false;
    }

    /// <summary>Whether the value is not what its bytes say.</summary>
    public static bool IsEscaped(ReadOnlySpan<byte> value) => value.Contains((byte)'\\');

    private static bool TryString(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> value)
    {
        value = default;
        var at = SkipSpace(json, 0);
        if (at == json.Length || json[at] != ':')
            return false;
        at = SkipSpace(json, at + 1);
        if (at == json.Length || json[at] != '"')
            return false;
        value = json[(at + 1)..];
        var end = value.IndexOf((byte)'"');
        if (end < 0)
            return false;
        value = value[..end];
        return true;
    }

    private static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        return at;
    }
}
