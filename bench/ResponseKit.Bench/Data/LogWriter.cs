using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Bench.Data;

/// <summary>What one file holds: the records of an account and a region in the hour from this time on.</summary>
internal sealed record LogPlace(string Account, string Region, DateTimeOffset Hour);

/// <summary>What was written.</summary>
/// <param name="Accounts">In how many accounts.</param>
/// <param name="Days">In how many days.</param>
/// <param name="Attacks">How many attacks.</param>
/// <param name="Files">In how many files.</param>
/// <param name="Records">How many records.</param>
/// <param name="Bytes">How large they are, uncompressed.</param>
/// <param name="CompressedBytes">How large the files are.</param>
internal sealed record Generated(int Accounts, int Days, int Attacks, int Files, long Records, long Bytes, long CompressedBytes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Records:N0} records of {Accounts} accounts in {Days} days, with {Attacks} attacks, in {Files:N0} files: "
        + $"{Bytes / 1e6:N1} MB of JSON, {CompressedBytes / 1e6:N1} MB compressed");
}

/// <summary>Writes files side by side, and counts.</summary>
internal sealed class LogWriter(string folder)
{
    private int files;
    private long records;
    private long bytes;
    private long compressedBytes;

    public Generated Written(Estate estate, int attacks) => new(estate.Households.Length, estate.Days, attacks, files, records, bytes, compressedBytes);

    /// <summary>Writes one file, of a story's records and of about so many bytes of the household's, by time.</summary>
    public void Write(
        LogPlace place, IEnumerable<(LogPlace Place, DateTimeOffset Time, byte[] Json)> story, ImmutableArray<RecordTemplate> household, long householdBytes)
    {
        var dice = Dice.For(string.Create(CultureInfo.InvariantCulture, $"{place.Account} {place.Region} {place.Hour.UtcTicks}"));
        var session = dice.Next();
        var lines = story.Select(record => (record.Time, record.Json, Template: (RecordTemplate?)null)).ToList();
        for (var rest = householdBytes; rest > 0;)
        {
            var template = dice.Pick(household);
            lines.Add((place.Hour.AddSeconds(dice.Between(0, 3599)), [], template));
            rest -= template.Length;
        }

        if (lines.Count == 0)
            return;
        var path = Path.Combine(folder, NameOf(place, dice));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = File.Create(path))
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
            Interlocked.Add(ref bytes, Write(gzip, lines.OrderBy(line => line.Time), dice, session));
        Interlocked.Increment(ref files);
        Interlocked.Add(ref records, lines.Count);
        Interlocked.Add(ref compressedBytes, new FileInfo(path).Length);
    }

    private static long Write(GZipStream gzip, IEnumerable<(DateTimeOffset Time, byte[] Json, RecordTemplate? Template)> lines, Dice dice, ulong session)
    {
        var written = 0L;
        var buffer = new byte[64 * 1024];
        var before = "{\"Records\":["u8;
        foreach (var (time, json, template) in lines)
        {
            gzip.Write(before);
            written += before.Length;
            before = ","u8;
            var length = template?.Length ?? json.Length;
            if (buffer.Length < length)
                buffer = new byte[length];
            if (template is null)
                json.CopyTo(buffer, 0);
            else
                template.Write(buffer.AsSpan(0, length), time, dice.Next(), session);
            gzip.Write(buffer.AsSpan(0, length));
            written += length;
        }

        gzip.Write("]}"u8);
        return written + 2;
    }

    // CloudTrail User Guide, "CloudTrail log file name format".
    private static string NameOf(LogPlace place, Dice dice)
    {
        var written = place.Hour.AddHours(1);
        var day = written.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        var minute = written.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture);
        var unique = dice.Text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 16);
        return $"AWSLogs/{place.Account}/CloudTrail/{place.Region}/{day}/{place.Account}_CloudTrail_{place.Region}_{minute}_{unique}.json.gz";
    }
}
