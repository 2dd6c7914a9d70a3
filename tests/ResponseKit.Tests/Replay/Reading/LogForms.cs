using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResponseKit.Tests.Replay.Reading;

/// <summary>Writes records as programs and services write them that people have them from.</summary>
internal static class LogForms
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly string[] Columns =
    [
        "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "errorCode", "requestParameters",
        "responseElements", "eventID", "readOnly", "recipientAccountId",
    ];

    /// <summary>Forms that keep each record as it was, as an object or as text.</summary>
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<JsonObject>, byte[]>> Whole { get; } =
        new Dictionary<string, Func<IReadOnlyList<JsonObject>, byte[]>>(StringComparer.Ordinal)
        {
            ["a log file"] = records => Bytes(Log(records)),
            ["pretty-printed"] = records => Bytes(Log(records).ToJsonString(Indented)),
            ["one a line"] = records => Bytes(Lines(records.Select(record => record.ToJsonString()))),
            ["a list"] = records => Bytes(List(records)),
            ["documents one behind another"] = records => Bytes(string.Concat(records.Select(record => Log([record]).ToJsonString()))),
            ["files with marks one behind another"] = records => Bytes(string.Concat(records.Select(record => "\uFEFF" + Log([record]).ToJsonString() + "\n"))),
            ["lookup-events"] = records => Bytes(Of("Events", records.Select(Event)).ToJsonString(Indented)),
            ["lookup-events, page by page"] = records => Bytes(Lines(records.Select(record => Of("Events", [Event(record)]).ToJsonString()))),
            ["lookup-events, one a line"] = records => Bytes(Lines(records.Select(record => Event(record).ToJsonString()))),
            ["texts of lookup-events"] = records => Bytes(new JsonArray([.. records.Select(Text)])),
            ["texts of lookup-events, one a line"] = records => Bytes(Lines(records.Select(record => Text(record).ToJsonString()))),
            ["text output of lookup-events"] = records => Bytes(string.Join('\t', records.Select(record => record.ToJsonString()))),
            ["rows of CloudTrail Lake"] = records => Bytes(Of("QueryResultRows", records.Select(record => Row(("eventJson", record.ToJsonString()), ("eventName", Name(record)))))),
            ["a table of CloudTrail Lake"] = records => Bytes(Table(["eventJson", "eventID"], records.Select(record => new[] { record.ToJsonString(), record["eventID"]!.GetValue<string>() }))),
            ["a table with semicolons"] = records => Bytes(Table(["no", "_raw"], records.Select((record, no) => new[] { $"{no}", record.ToJsonString() }), ';')),
            ["events of a log group"] = records => Bytes(Of("events", records.Select(record => Message(record, "message")))),
            ["a subscription"] = records => Gzip(Subscription(records)),
            ["a subscription's event"] = records =>
                Bytes(new JsonObject { ["awslogs"] = new JsonObject { ["data"] = Convert.ToBase64String(Gzip(Subscription(records))) } }),
            ["an export of a log group"] = records => Gzip(Bytes(Lines(records.Select(record => $"2026-02-03T04:05:06.000Z {record.ToJsonString()}")))),
            ["fields of Logs Insights"] = records => Bytes(Of("results", records.Select(Fields))),
            ["messages of SNS in messages of SQS"] = records => Bytes(Of("Messages", records.Select(record => new JsonObject { ["Body"] = Notification(record).ToJsonString() }))),
            ["events of SQS for a function"] = records => Bytes(Of("Records", records.Select(record => new JsonObject
            {
                ["messageId"] = "m",
                ["body"] = record.ToJsonString(),
                ["eventSource"] = "aws:sqs",
                ["eventSourceARN"] = "arn:aws:sqs:us-east-1:111122223333:q",
            }))),
            ["events of Kinesis for a function"] = records => Bytes(Of("Records", records.Select(record => new JsonObject
            {
                ["kinesis"] = new JsonObject { ["data"] = Convert.ToBase64String(Gzip(Subscription([record]))) },
                ["eventSource"] = "aws:kinesis",
                ["eventName"] = "aws:kinesis:record",
            }))),
            ["Splunk's results, with fields twice"] = records => Bytes(Lines(records.Select(record => new JsonObject
            {
                ["eventName"] = new JsonArray(Name(record), Name(record)),
                ["_raw"] = record.ToJsonString(),
            }.ToJsonString()))),
            ["Splunk's results"] = records => Bytes(Lines(records.Select(record => new JsonObject { ["preview"] = false, ["result"] = Message(record, "_raw") }.ToJsonString()))),
            ["Elastic's answer"] = records => Bytes(new JsonObject { ["took"] = 3, ["hits"] = new JsonObject { ["total"] = records.Count, ["hits"] = Array(records.Select(Document)) } }),
            ["Elastic's documents"] = records => Bytes(Lines(records.Select(record => "{\"index\":{\"_id\":\"1\"}}\n" + Document(record).ToJsonString()))),
            ["text in a text in a text"] = records =>
                Bytes(new JsonObject { ["outer"] = new JsonObject { ["inner"] = Log(records).ToJsonString() }.ToJsonString() }),
            ["UTF-16"] = records => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Log(records).ToJsonString())],
            ["UTF-16, big-endian, without a mark"] = records => Encoding.BigEndianUnicode.GetBytes(Log(records).ToJsonString()),
            ["gzip twice"] = records => Gzip(Gzip(Bytes(Log(records)))),
            ["ZIP"] = records => Zip([("AWSLogs/../../../etc/a.json.gz", Gzip(Bytes(Log(records))))]),
            ["tar in gzip"] = records => Gzip(Tar(records.Select((record, no) => ($"/logs/{no}.json", Bytes(Log([record])))))),
            ["tar in ZIP"] = records => Zip([("a.tar", Tar(records.Select((record, no) => ($"{no}.json.gz", Gzip(Bytes(Log([record]))))))), ("empty/", [])]),
        };

    /// <summary>Forms that keep members of a record as text, or under names of their own.</summary>
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<JsonObject>, byte[]>> Parted { get; } =
        new Dictionary<string, Func<IReadOnlyList<JsonObject>, byte[]>>(StringComparer.Ordinal)
        {
            ["members as text"] = records => Bytes(Lines(records.Select(record => Textual(record).ToJsonString()))),
            ["members as text, in a log file"] = records => Bytes(Log([.. records.Select(Textual)])),
            ["names in lower case"] = records => Bytes(Lines(records.Select(record => LowerCase(record).ToJsonString()))),
            ["columns of Athena"] = records => Bytes(Table([.. Columns.Select(name => name.ToLowerInvariant())], records.Select(record => Cells(record, AthenaCell)))),
            ["columns of CloudTrail Lake"] = records => Bytes(Of("QueryResultRows", records.Select(record =>
                Row([.. Columns.Zip(Cells(record, AthenaCell)).Where(cell => cell.Second.Length > 0)])))),
            ["rows of Athena"] = records => Bytes(new JsonObject
            {
                ["ResultSet"] = Of("Rows", [AthenaRow(Columns.Select(name => name.ToLowerInvariant())), .. records.Select(record => AthenaRow(Cells(record, AthenaCell)))]),
            }),
        };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Bytes(JsonNode node) => Bytes(node.ToJsonString());

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return archive.ToArray();
    }

    public static byte[] Tar(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return archive.ToArray();
    }

    public static JsonObject Log(IReadOnlyList<JsonObject> records) => Of("Records", records.Select(record => record.DeepClone()));

    private static JsonObject Of(string name, IEnumerable<JsonNode> items) => new() { [name] = Array(items) };

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);

    private static JsonArray List(IReadOnlyList<JsonObject> records) => Array(records.Select(record => record.DeepClone()));

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static JsonNode Text(JsonObject record) => JsonValue.Create(record.ToJsonString());

    private static string Name(JsonObject record) => record["eventName"]!.GetValue<string>();

    // The answer has the newest first, with members of its own beside the record.
    private static JsonObject Event(JsonObject record) =>
        new() { ["EventId"] = "e", ["EventName"] = Name(record), ["EventTime"] = 1772000000.5, ["Resources"] = new JsonArray(), ["CloudTrailEvent"] = Text(record) };

    private static JsonObject Message(JsonObject record, string name) => new() { ["id"] = "1", ["timestamp"] = 1, [name] = Text(record) };

    private static byte[] Subscription(IReadOnlyList<JsonObject> records) => Bytes(new JsonObject
    {
        ["messageType"] = "DATA_MESSAGE",
        ["owner"] = "111122223333",
        ["logEvents"] = Array(records.Select(record => Message(record, "message"))),
    });

    private static JsonArray Row(params (string Name, string Value)[] cells) => Array(cells.Select(cell => new JsonObject { [cell.Name] = cell.Value }));

    private static JsonArray Fields(JsonObject record) =>
        Array([new JsonObject { ["field"] = "@timestamp", ["value"] = "2026" }, new JsonObject { ["field"] = "@message", ["value"] = record.ToJsonString() }]);

    private static JsonObject Notification(JsonObject record) => new() { ["Type"] = "Notification", ["Message"] = record.ToJsonString() };

    private static JsonObject Document(JsonObject record) => new()
    {
        ["_index"] = "logs",
        ["_source"] = new JsonObject { ["message"] = Text(record), ["event"] = new JsonObject { ["original"] = Text(record), ["action"] = Name(record) } },
    };

    private static string Table(IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string>> rows, char separator = ',') =>
        string.Concat(rows.Prepend(names).Select(row => string.Join(separator, row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));

    private static JsonObject Textual(JsonObject record)
    {
        var textual = record.DeepClone().AsObject();
        foreach (var name in new[] { "userIdentity", "requestParameters", "responseElements" })
            textual[name] = record[name]?.ToJsonString() ?? "null";
        return textual;
    }

    private static JsonObject LowerCase(JsonObject record) => new(record.Select(member => new KeyValuePair<string, JsonNode?>(
        member.Key.ToLowerInvariant(),
        member.Key == "userIdentity" ? Lower(member.Value!) : member.Key is "requestParameters" or "responseElements" ? member.Value?.ToJsonString() : member.Value?.DeepClone())));

    private static JsonNode Lower(JsonNode node) => node is JsonObject members
        ? new JsonObject(members.Select(member => new KeyValuePair<string, JsonNode?>(member.Key.ToLowerInvariant(), member.Value is null ? null : Lower(member.Value))))
        : node.DeepClone();

    private static string[] Cells(JsonObject record, Func<string, JsonNode, string> cell) =>
        [.. Columns.Select(name => record[name] is { } value ? cell(name, value) : "")];

    private static string AthenaCell(string name, JsonNode value) => name switch
    {
        "userIdentity" => Structure(Lower(value)),
        "requestParameters" or "responseElements" => value.ToJsonString(),
        _ => value.ToString(),
    };

    private static string Structure(JsonNode node) => node is JsonObject members
        ? "{" + string.Join(", ", members.Select(member => $"{member.Key}={(member.Value is null ? "null" : Structure(member.Value))}")) + "}"
        : node.ToString();

    private static JsonObject AthenaRow(IEnumerable<string> cells) =>
        new() { ["Data"] = Array(cells.Select(cell => cell.Length == 0 ? new JsonObject() : new JsonObject { ["VarCharValue"] = cell })) };
}
