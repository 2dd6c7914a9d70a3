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
        return DateTimeOffset.TryParseExact(Plainly(field.Text), Formats, CultureInfo.InvariantCulture, Styles, out var time) && time.Year is >= 1970 and < 9999
            ? time
            : null;
    }

    // AWS Health puts the day of the week in front.
    private static string? Plainly(string? text)
    {
        if (text is null || text.Length > 64)
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
