using System.Globalization;

namespace ResponseKit.Records;

/// <summary>Times as CloudTrail, the tables of log lakes, GuardDuty and AWS Health write them.</summary>
internal static class Timestamps
{
    // Ticks have seven digits; log lakes write nanoseconds.
    private const int MostDigits = 7;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "dd MMM yyyy HH:mm:ss 'GMT'",
    ];

    /// <summary>
    /// The time in UTC, which is meant where no offset is written; null for what is none, or lies so near an end of the calendar that no window fits
    /// beside it.
    /// </summary>
    public static DateTimeOffset? Of(Field field)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (field.Text is not { } text)
            return null;
        return (AsCloudTrailWrites(text, out var time) || DateTimeOffset.TryParseExact(Plainly(text), Formats, CultureInfo.InvariantCulture, Styles, out time))
            && time.Year is >= 1970 and < 9999
            ? time
            : null;
    }

    // Nearly every record: 2025-11-02T10:00:00Z. Trying formats one after the other takes longer than all else in a record's head.
    private static bool AsCloudTrailWrites(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != 20 || (text[4], text[7], text[10], text[13], text[16], text[19]) != ('-', '-', 'T', ':', ':', 'Z'))
            return false;
        var (year, month, day) = (Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));
        var (hour, minute, second) = (Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return false;
        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static int Number(string text, int at, int digits)
    {
        var number = 0;
        foreach (var one in text.AsSpan(at, digits))
        {
            if (!char.IsAsciiDigit(one))
                return -1;
            number = (number * 10) + one - '0';
        }

        return number;
    }

    // AWS Health puts the day of the week in front.
    private static string? Plainly(string text)
    {
        if (text.Length > 64)
            return null;
        if (text.Length > 5 && text[3] == ',' && text[4] == ' ')
            return text[5..];
        var point = text.IndexOf('.');
        if (point < 0)
            return text;
        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - point - 1 is 8 or 9 ? text.Remove(point + 1 + MostDigits, end - point - 1 - MostDigits) : text;
    }
}
