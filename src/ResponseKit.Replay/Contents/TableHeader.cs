using System.Collections.Frozen;
using System.Text;

namespace ResponseKit.Replay.Contents;

/// <summary>Knows the first row of tables that hold CloudTrail records, as Athena, CloudTrail Lake, Splunk, CloudWatch Logs Insights and Kibana export them.</summary>
internal static class TableHeader
{
    private static readonly FrozenSet<string> Columns = new[]
    {
        "eventname", "eventjson", "cloudtrailevent", "_raw", "raw", "@message", "message", "event.original", "event_original", "eventversion", "useridentity", "_source",
        "event_name", "event",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What separates the cells of such a row; null when the line is none.</summary>
    public static byte? SeparatorOf(ReadOnlySpan<byte> line)
    {
        if (line.Length > 3000)
            line = line[..3000];
        var text = Encoding.UTF8.GetString(line);
        foreach (var separator in ",;\t|")
        {
            if (text.Split(separator).Any(name => Columns.Contains(name.Trim().Trim('"'))))
                return (byte)separator;
        }

        return null;
    }
}
