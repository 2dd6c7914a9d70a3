using System.Globalization;

namespace ResponseKit.Scenarios.Making;

/// <summary>The spellings of time in CloudTrail.</summary>
internal static class Times
{
    /// <summary>Stands for the time of the call, in an answer.</summary>
    public const string Now = "(now)";

    public static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public const string SpokenFormat = "MMM d, yyyy, h:mm:ss\u202ftt";

    /// <summary>As IAM's and STS's responses have it: for people, with a narrow no-break space before AM or PM.</summary>
    public static string Spoken(DateTimeOffset time) => time.ToString(SpokenFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset WholeSecond(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
