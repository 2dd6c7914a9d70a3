using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ResponseKit.Bench.Data;

/// <summary>
/// A record that can be written again quickly as another one: at another time, with other ids and another temporary key. Times that it mentions move along.
/// </summary>
internal sealed partial class RecordTemplate
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int TimeLength = 19;

    private readonly byte[] json;
    private readonly (int At, long SecondsBefore)[] times;
    private readonly int[] ids;
    private readonly int[] keys;

    public RecordTemplate(string json, DateTimeOffset time)
    {
        this.json = Encoding.UTF8.GetBytes(json);
        // Places are those of characters and of bytes alike only where all characters are of one byte.
        var text = Encoding.Latin1.GetString(this.json);
        times = [.. Time().Matches(text).Select(match => (match.Index, (time.Ticks - Parsed(match.Value).Ticks) / TimeSpan.TicksPerSecond))];
        ids = [.. Id().Matches(text).Select(match => match.Index)];
        keys = [.. Key().Matches(text).Select(match => match.Index + match.Length - sizeof(ulong))];
    }

    public int Length => json.Length;

    /// <summary>Writes the record with another time and other ids.</summary>
    /// <param name="to">Takes exactly <see cref="Length"/> bytes.</param>
    /// <param name="time">When the call is made.</param>
    /// <param name="id">Distinguishes this copy from all others: the same gives the same ids.</param>
    /// <param name="session">Copies with the same one have the same temporary keys.</param>
    public void Write(Span<byte> to, DateTimeOffset time, ulong id, ulong session)
    {
        json.CopyTo(to);
        foreach (var (at, before) in times)
            time.AddSeconds(-before).UtcDateTime.TryFormat(to.Slice(at, TimeLength), out _, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        foreach (var at in ids)
        {
            // The first and the last group: the others hold the version.
            Turn(to.Slice(at, 8), id);
            Turn(to.Slice(at + 24, 12), id >> 32 | id << 32);
        }

        foreach (var at in keys)
        {
            for (var i = 0; i < sizeof(ulong); i++)
                to[at + i] = (byte)Base32[(Base32.IndexOf((char)to[at + i], StringComparison.Ordinal) + (int)(session >> (5 * i))) & 31];
        }
    }

    private static void Turn(Span<byte> digits, ulong by)
    {
        foreach (ref var digit in digits)
        {
            var value = (digit <= '9' ? digit - '0' : digit - 'a' + 10) ^ (int)(by & 15);
            digit = (byte)(value < 10 ? '0' + value : 'a' + value - 10);
            by >>= 4;
        }
    }

    private static DateTimeOffset Parsed(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [GeneratedRegex(@"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?=Z|\.)")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\bASIA[A-Z2-7]{16}\b")]
    private static partial Regex Key();
}
