using System.Globalization;
using ResponseKit.Text;

namespace ResponseKit.Reports;

/// <summary>How values stand in a report.</summary>
internal static class Shown
{
    private const int Longest = 1_000;

    /// <summary>Text from outside, on one line.</summary>
    public static string Text(string? text, int atMost = Longest) => text is null ? "" : Printable.Of(text, atMost);

    /// <summary>A time to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A time of day.</summary>
    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A length of time as people say it: <c>45 seconds</c>, <c>3 minutes</c>.</summary>
    public static string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalSeconds: < 120 } brief => Count((int)Math.Round(brief.TotalSeconds), "second"),
        { TotalMinutes: < 120 } minutes => Count((int)Math.Round(minutes.TotalMinutes), "minute"),
        { TotalHours: < 48 } hours => Count((int)Math.Round(hours.TotalHours), "hour"),
        var days => Count((int)Math.Round(days.TotalDays), "day"),
    };

    /// <summary>A number of things.</summary>
    public static string Count(int count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>The first few of some texts, and how many more there are.</summary>
    public static string Few(IReadOnlyCollection<string> texts, int most = 5) =>
        string.Join(", ", texts.Take(most)) + (texts.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {texts.Count - most} more") : "");
}
