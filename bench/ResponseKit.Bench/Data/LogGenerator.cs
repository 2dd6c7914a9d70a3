using System.Text;
using System.Text.RegularExpressions;
using ResponseKit.Scenarios;

namespace ResponseKit.Bench.Data;

/// <summary>Writes log files as CloudTrail delivers them. The same size and number of attacks give the same files.</summary>
internal static partial class LogGenerator
{
    // The other third is the second region's.
    private const double ShareOfFirst = 2.0 / 3;

    public static async Task<Generated> WriteAsync(string folder, long bytes, int attacks, CancellationToken cancellationToken)
    {
        var estate = new Estate(bytes, attacks);
        var writer = new LogWriter(folder);
        var days = Enumerable.Range(0, estate.Days).SelectMany(day => Enumerable.Range(0, estate.Households.Length).Select(account => (day, account)));
        await Parallel.ForEachAsync(days, cancellationToken, (slot, token) =>
        {
            WriteDay(estate, slot.account, slot.day, writer, token);
            return ValueTask.CompletedTask;
        });
        return writer.Written(estate, attacks);
    }

    private static void WriteDay(Estate estate, int account, int day, LogWriter writer, CancellationToken cancellationToken)
    {
        var household = estate.Households[account];
        var stories = estate.Stories(account, day).SelectMany(story => story.Records).Select(Placed).ToLookup(record => record.Place);
        var rest = Math.Max(0, estate.BytesOfADay - stories.Sum(place => place.Sum(record => (long)record.Json.Length)));
        var start = Estate.FirstDay.AddDays(day);
        for (var hour = start; hour < start.AddDays(1); hour = hour.AddHours(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = new LogPlace(household.Account, household.First, hour);
            var second = first with { Region = household.Second };
            writer.Write(first, stories[first], household.InFirst, (long)(rest * ShareOfFirst / 24));
            writer.Write(second, stories[second], household.InSecond, (long)(rest * (1 - ShareOfFirst) / 24));
        }

        foreach (var place in stories.Where(place => place.Key.Account != household.Account || (place.Key.Region != household.First
            && place.Key.Region != household.Second)))
            writer.Write(place.Key, place, [], 0);
    }

    private static (LogPlace Place, DateTimeOffset Time, byte[] Json) Placed(LabelledRecord record)
    {
        var hour = new DateTimeOffset(record.Time.Ticks - (record.Time.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        return (new(Account().Match(record.Json).Groups[1].Value, Region().Match(record.Json).Groups[1].Value, hour), record.Time, Encoding.UTF8.GetBytes(record.Json));
    }

    [GeneratedRegex("\"recipientAccountId\":\"(\\d+)\"")]
    private static partial Regex Account();

    [GeneratedRegex("\"awsRegion\":\"([a-z0-9-]+)\"")]
    private static partial Regex Region();
}
