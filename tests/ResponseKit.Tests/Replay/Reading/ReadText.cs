using System.Text;
using System.Text.Json.Nodes;
using ResponseKit.Records;
using ResponseKit.Replay.Archives;
using ResponseKit.Replay.Reading;
using ResponseKit.Replay.Scanning;

namespace ResponseKit.Tests.Replay.Reading;

/// <summary>What reading some bytes gives, as if they came through a pipe.</summary>
internal sealed record ReadText(ReadSummary Summary, IReadOnlyList<JsonNode> Records, IReadOnlyList<ParseResult> Results)
{
    /// <summary>What was left out, all in one text.</summary>
    public string Skipped => string.Join(" | ", Summary.Skipped.Select(skipped => $"{skipped.File}: {skipped.Reason}"));

    public static ReadText Of(byte[] content, RecordFilter? filter = null, ArchiveLimits? limits = null)
    {
        var sink = new Sink();
        var reader = new LogReader(filter ?? RecordFilter.Everything, 1) { StandardInput = () => new MemoryStream(content), Limits = limits ?? ArchiveLimits.Default };
        var summary = reader.ReadAsync(["-"], sink, new Silence(), CancellationToken.None).GetAwaiter().GetResult();
        return new(summary, sink.Records, sink.Results);
    }

    private sealed class Sink : IRecordSink
    {
        public List<JsonNode> Records { get; } = [];

        public List<ParseResult> Results { get; } = [];

        public void Accept(ReadOnlySpan<byte> json, in RecordPlace place)
        {
            using var logged = LoggedRecord.Read(json);
            if (logged.Result is ParseResult.Parsed(var record))
            {
                Records.Add(JsonNode.Parse(record.Root.ToString())!);
                Results.Add(logged.Result);
            }
            else
            {
                Results.Add(logged.Result);
                Assert.NotEmpty(Encoding.UTF8.GetString(json));
            }
        }
    }

    private sealed class Silence : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value)
        {
        }
    }
}
