using System.Buffers;
using System.Globalization;

namespace ResponseKit.Replay.Reading;

/// <summary>
/// Of about what time the records of a file are: from its name, as CloudTrail writes it
/// (<c>111122223333_CloudTrail_us-east-1_20251102T1005Z_AbCd.json.gz</c>; CloudTrail User Guide, "CloudTrail log file name format"), or
/// from its first record.
/// </summary>
internal static class LogTimes
{
    private const string InName = "yyyyMMdd'T'HHmm'Z'";
    private const int NameLength = 14;
    private const int Peeked = 8192;
    private const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;

    /// <summary>The time in a file's name; null when there is none.</summary>
    public static DateTime? InFileName(string name)
    {
        foreach (var part in name.AsSpan().Split('_'))
        {
            var text = name.AsSpan()[part];
            if (text.Length == NameLength && text[^1] == 'Z' && DateTime.TryParseExact(text, InName, CultureInfo.InvariantCulture, Utc, out var time))
                return time;
        }

        return null;
    }

    /// <summary>The first <c>eventTime</c> near the beginning of a file; null when there is none, or the file cannot be read.</summary>
    public static DateTime? OfFirstRecord(string path)
    {
        var start = ArrayPool<byte>.Shared.Rent(Peeked);
        try
        {
            using var file = LogStream.Open(path);
            using var text = file.Decompress(() => LogStream.Open(path));
            return InText(start.AsSpan(0, text.ReadAtLeast(start.AsSpan(0, Peeked), Peeked, throwOnEndOfStream: false)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(start);
        }
    }

    private static DateTime? InText(ReadOnlySpan<byte> text)
    {
        // Within text within text its marks are escaped.
        var at = text.IndexOf("eventTime"u8);
        if (at < 0)
            return null;
        text = text[(at + "eventTime".Length)..].TrimStart(" \t\r\n:\"\\"u8);
        var end = text.IndexOfAny((byte)'"', (byte)'\\');
        if (end is < 0 or > 40)
            return null;
        Span<char> characters = stackalloc char[end];
        System.Text.Encoding.Latin1.GetChars(text[..end], characters);
        return DateTime.TryParse(characters, CultureInfo.InvariantCulture, Utc, out var time) ? time : null;
    }
}
