using System.Globalization;
using System.Text.RegularExpressions;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Varying;

/// <summary>Moves every time in a record: as ISO 8601, as IAM spells it for people, and in milliseconds.</summary>
internal sealed partial class Shifting(TimeSpan by)
{
    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public string Change(string json) => Milliseconds().Replace(Rewriting.Texts(json, Texts),
        match => $"\"launchTime\":{long.Parse(match.Groups[1].Value) + (long)by.TotalMilliseconds}");

    private string Texts(string text) => Spoken().Replace(
        Iso().Replace(text, match => Times.Iso(DateTimeOffset.Parse(match.Value, CultureInfo.InvariantCulture, Universal) + by)),
        match => Times.Spoken(DateTimeOffset.ParseExact(match.Value, Times.SpokenFormat, CultureInfo.InvariantCulture, Universal) + by));

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")]
    private static partial Regex Iso();

    [GeneratedRegex(@"[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d:\d\d\u202f[AP]M")]
    private static partial Regex Spoken();

    [GeneratedRegex("\"launchTime\":(\\d+)")]
    private static partial Regex Milliseconds();
}
