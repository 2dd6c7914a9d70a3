using System.Text;
using System.Text.RegularExpressions;
using ResponseKit.Replay.Reading;
using ResponseKit.Replay.Scanning;
using static ResponseKit.Cli.Tests.Replay.LogFolder;

namespace ResponseKit.Cli.Tests.Replay;

public sealed class LogReaderTests : IDisposable
{
    private readonly LogFolder logs = new();

    public static TheoryData<string, byte[]> Forms => new()
    {
        { "as CloudTrail delivers", Gzip(Log(Record("a"), Record("b"))) },
        { "uncompressed", Encoding.UTF8.GetBytes(Log(Record("a"), Record("b"))) },
        { "pretty-printed", Encoding.UTF8.GetBytes(Regex.Replace(Log(Record("a"), Record("b")), @",|:\[|\]", " $0\n  ")) },
        { "one record a line", Encoding.UTF8.GetBytes($"{Record("a")}\n{Record("b")}\n") },
        { "an array", Encoding.UTF8.GetBytes($"[{Record("a")},{Record("b")}]") },
        { "logs after one another", Encoding.UTF8.GetBytes(Log(Record("a")) + "\n" + Log(Record("b"))) },
        { "members of gzip", [.. Gzip(Log(Record("a"))), .. Gzip(Log(Record("b")))] },
        { "with a mark", Encoding.UTF8.GetBytes("\uFEFF" + Log(Record("a"), Record("b"))) },
        { "compressed lines", Gzip($"{Record("a")}\r\n{Record("b")}") },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Reads_logs_in_every_form_whatever_their_name(string form, byte[] bytes)
    {
        var file = logs.Write($"{form}.log", bytes);

        var (summary, records) = await logs.ReadAsync();

        Assert.Equal(["a", "b"], new Outcome(summary, records).Ids);
        Assert.Equal([new(file, 0), new RecordPlace(file, 1)], records.Select(record => record.Place));
        Assert.Equal((1, 2, 2, bytes.Length), (summary.Files, summary.Records, summary.Candidates, summary.Bytes));
        Assert.Empty(summary.Skipped);
    }

    [Fact]
    public async Task Reads_envelopes_as_EventBridge_delivers_them()
    {
        var envelope = $$"""{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.ec2","account":"111122223333","detail":{{Record("a")}}}""";
        logs.Write("events.ndjson", $"{envelope}\n{envelope.Replace("RunInstances", "DescribeInstances", StringComparison.Ordinal)}\n");

        var outcome = await logs.ReadAsync();

        Assert.Equal([envelope], outcome.Records.Select(record => record.Json));
        Assert.Equal(2, outcome.Summary.Records);
    }

    [Fact]
    public async Task Hands_over_only_what_may_matter_and_counts_the_rest()
    {
        logs.Write("log.json", Log(Record("a", "DescribeInstances"), Record("b"), Record("c", "GetConsoleOutput")));

        var some = await logs.ReadAsync();
        var all = await logs.ReadAsync(1, RecordFilter.Everything);

        Assert.Equal(["b"], some.Ids);
        Assert.Equal(1, some.Records[0].Place.Index);
        Assert.Equal((3, 1), (some.Summary.Records, some.Summary.Candidates));
        Assert.Equal(["a", "b", "c"], all.Ids);
    }

    [Fact]
    public async Task Reads_files_in_the_order_of_their_times_and_those_without_one_last()
    {
        logs.Write("z/111122223333_CloudTrail_us-east-1_20251102T1005Z_A.json.gz", Gzip(Log(Record("second"))));
        logs.Write("a/111122223333_CloudTrail_eu-west-1_20251102T1010Z_B.json.gz", Gzip(Log(Record("fourth"))));
        logs.Write("b/no-time.json", Log(Record("first", time: "2025-11-02T10:01:00Z")));
        logs.Write("c/no-time.json.gz", Gzip(Log(Record("third", time: "2025-11-02T10:07:00Z"))));
        logs.Write("a/never.json", Log(Record("last", time: "unknown")));

        Assert.Equal(["first", "second", "third", "fourth", "last"], (await logs.ReadAsync()).Ids);
    }

    [Fact]
    public async Task Several_readers_find_what_one_finds()
    {
        for (var file = 0; file < 40; file++)
            logs.Write($"{file}.json.gz", Gzip(Log(Enumerable.Range(0, 50).Select(record => Record($"{file}-{record}", record % 3 == 0 ? "RunInstances" : "Describe")))));

        var one = await logs.ReadAsync();
        var many = await logs.ReadAsync(4, RecordFilter.For(Correlation.Observer.Selectors));

        Assert.Equal(one.Summary with { Skipped = [] }, many.Summary with { Skipped = [] });
        Assert.Equal((40, 2000, 40 * 17), (one.Summary.Files, one.Summary.Records, one.Summary.Candidates));
        Assert.Equal(one.Ids.Order(StringComparer.Ordinal), many.Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_spare_reader_helps_with_a_large_file()
    {
        var file = logs.Write("large.json.gz", Large(40_000));

        var one = await logs.ReadAsync(1, RecordFilter.For(Correlation.Observer.Selectors), file);
        var two = await logs.ReadAsync(2, RecordFilter.For(Correlation.Observer.Selectors), file);

        Assert.Equal((40_000, 400), (one.Summary.Records, one.Summary.Candidates));
        Assert.Equal(one.Summary, two.Summary with { Skipped = one.Summary.Skipped });
        Assert.Equal(one.Records, two.Records);
    }

    [Fact]
    public async Task A_large_file_is_damaged_at_the_same_place_whoever_helps()
    {
        var file = logs.Write("large.json.gz", Large(40_000)[..^5000]);

        var one = await logs.ReadAsync(1, RecordFilter.Everything, file);
        var two = await logs.ReadAsync(2, RecordFilter.Everything, file);

        Assert.Equal(one.Summary.Skipped.Single(), two.Summary.Skipped.Single());
        Assert.Equal(one.Summary.Records, two.Summary.Records);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_large_file_can_be_stopped_in_its_middle(int parallelism)
    {
        var file = logs.Write("large.json.gz", Large(40_000));
        using var cancelled = new CancellationTokenSource();
        var stopping = new Stopping(35_000, cancelled);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new LogReader(RecordFilter.Everything, parallelism).ReadAsync([file], stopping, new Last(), cancelled.Token));

        Assert.InRange(stopping.Seen, 35_000, 39_999);
    }

    [Fact]
    public async Task Tells_how_far_it_has_come()
    {
        logs.Write("log.json", Log(Record("a"), Record("b", "Describe")));
        var last = new Last();

        var summary = await new LogReader(RecordFilter.Everything, 1).ReadAsync([logs.Root], last, last, CancellationToken.None);

        Assert.Equal(new ReadProgress(1, 1, summary.Bytes, summary.Bytes, 2), last.Progress);
    }

    [Fact]
    public async Task What_the_sink_throws_ends_the_reading()
    {
        for (var file = 0; file < 10; file++)
            logs.Write($"{file}.json", Log(Record("a")));

        var error = await Assert.ThrowsAsync<IOException>(() =>
            new LogReader(RecordFilter.Everything, 3).ReadAsync([logs.Root], new Broken(), new Last(), CancellationToken.None));

        Assert.Equal("no room", error.Message);
    }

    [Fact]
    public async Task Stops_when_it_is_told_to()
    {
        logs.Write("log.json", Log(Record("a")));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new LogReader(RecordFilter.Everything, 1).ReadAsync([logs.Root], new Last(), new Last(), cancelled.Token));
    }

    [Fact]
    public async Task Reads_standard_input()
    {
        var last = new Last();
        var reader = new LogReader(RecordFilter.Everything, 1) { StandardInput = () => new MemoryStream(Gzip(Log(Record("a")))) };

        var summary = await reader.ReadAsync(["-"], last, last, CancellationToken.None);

        Assert.Equal(1, summary.Records);
        Assert.Equal("-", last.Place.File);
    }

    public void Dispose() => logs.Dispose();

    private sealed class Last : IRecordSink, IProgress<ReadProgress>
    {
        public RecordPlace Place { get; private set; }

        public ReadProgress Progress { get; private set; }

        public void Accept(ReadOnlySpan<byte> json, in RecordPlace place) => Place = place;

        public void Report(ReadProgress value) => Progress = value;
    }

    private static byte[] Large(int records) =>
        Gzip(Log(Enumerable.Range(0, records).Select(record => Record($"{record}-{record * 7919 % 10007}", record % 100 == 0 ? "RunInstances" : "Describe"))));

    private sealed class Stopping(int after, CancellationTokenSource source) : IRecordSink
    {
        public int Seen { get; private set; }

        public void Accept(ReadOnlySpan<byte> json, in RecordPlace place)
        {
            if (++Seen == after)
                source.Cancel();
        }
    }

    private sealed class Broken : IRecordSink
    {
        public void Accept(ReadOnlySpan<byte> json, in RecordPlace place) => throw new IOException("no room");
    }
}
