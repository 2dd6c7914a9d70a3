using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios;

/// <summary>How records are written down.</summary>
public enum LogFormat
{
    /// <summary>As CloudTrail's log files are, <c>{"Records":[…]}</c>, but not compressed.</summary>
    Records,

    /// <summary>As CloudTrail's log files are in the bucket: compressed with gzip.</summary>
    CompressedRecords,

    /// <summary>One record on a line.</summary>
    Lines,

    /// <summary>One event of EventBridge on a line, with the record as its <c>detail</c>.</summary>
    Events,
}

/// <summary>One file.</summary>
/// <param name="Name">Its path, with slashes; CloudTrail's own for its formats.</param>
/// <param name="Content">Its bytes.</param>
public sealed record LogFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>
/// Splits a scenario into files, in the order of its records. CloudTrail writes one for every account, region and some five minutes (CloudTrail User Guide,
/// "CloudTrail log file name format"); lines are split after a number of records.
/// </summary>
public static class LogFiles
{
    private const int LinesInFile = 1000;

    /// <summary>The files of a scenario. The same scenario gives the same files.</summary>
    public static IEnumerable<LogFile> Of(Scenario scenario, LogFormat format) =>
        format is LogFormat.Records or LogFormat.CompressedRecords ? Windows(scenario, format == LogFormat.CompressedRecords) : Lines(scenario, format);

    private static IEnumerable<LogFile> Lines(Scenario scenario, LogFormat format) => scenario.Records
        .Chunk(LinesInFile)
        .Select((chunk, index) => new LogFile(
            $"{scenario.Id}-{index + 1:000}.ndjson", Encoding.UTF8.GetBytes(string
                .Concat(chunk.Select(record => (format == LogFormat.Events ? Event(record.Json) : record.Json) + "\n")))));

    private static IEnumerable<LogFile> Windows(Scenario scenario, bool compress)
    {
        var dice = Dice.For(scenario.Id + " files");
        // A late record is in the file that is written when it arrives.
        var window = DateTimeOffset.MinValue;
        var placed = new List<(DateTimeOffset Window, string Account, string Region, string Json)>();
        foreach (var record in scenario.Records)
        {
            var own = new DateTimeOffset(record.Time.Ticks - (record.Time.Ticks % TimeSpan.FromMinutes(5).Ticks), TimeSpan.Zero);
            window = own > window ? own : window;
            var node = JsonNode.Parse(record.Json)!;
            placed.Add((window, (string)node["recipientAccountId"]!, (string)node["awsRegion"]!, record.Json));
        }

        foreach (var file in placed.GroupBy(entry => (entry.Window, entry.Account, entry.Region)))
        {
            var content = Encoding.UTF8.GetBytes($"{{\"Records\":[{string.Join(',', file.Select(entry => entry.Json))}]}}");
            yield return new(Name(file.Key, dice, compress), compress ? Compressed(content) : content);
        }
    }

    private static string Name((DateTimeOffset Window, string Account, string Region) file, Dice dice, bool compress)
    {
        var written = file.Window.AddMinutes(5);
        var folder = $"AWSLogs/{file.Account}/CloudTrail/{file.Region}/{written.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)}";
        var unique = dice.Text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 16);
        var minute = written.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture);
        return $"{folder}/{file.Account}_CloudTrail_{file.Region}_{minute}_{unique}.json{(compress ? ".gz" : "")}";
    }

    private static byte[] Compressed(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
            gzip.Write(content);
        return result.ToArray();
    }

    private static string Event(string json)
    {
        var record = JsonNode.Parse(json)!.AsObject();
        var kind = (string)record["eventType"]! switch
        {
            "AwsConsoleSignIn" => "AWS Console Sign In via CloudTrail",
            "AwsServiceEvent" => "AWS Service Event via CloudTrail",
            _ => "AWS API Call via CloudTrail",
        };
        return new JsonObject
        {
            ["version"] = "0",
            ["id"] = Dice.For((string)record["eventID"]!).Guid(),
            ["detail-type"] = kind,
            ["source"] = "aws." + ((string)record["eventSource"]!).Split('.')[0],
            ["account"] = record["recipientAccountId"]!.DeepClone(),
            ["time"] = record["eventTime"]!.DeepClone(),
            ["region"] = record["awsRegion"]!.DeepClone(),
            ["resources"] = new JsonArray(),
            ["detail"] = record.DeepClone(),
        }.ToJsonString(Json.Plain);
    }
}
