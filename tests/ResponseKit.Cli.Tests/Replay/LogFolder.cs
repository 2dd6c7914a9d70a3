using System.IO.Compression;
using System.Text;
using ResponseKit.Correlation;
using ResponseKit.Replay.Reading;
using ResponseKit.Replay.Scanning;

namespace ResponseKit.Cli.Tests.Replay;

/// <summary>A folder of logs for one test, and what reading it gives.</summary>
internal sealed class LogFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("responsekit-").FullName;

    public static string Record(string id, string operation = "RunInstances", string time = "2025-11-02T10:00:00Z") =>
        """{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","accountId":"111122223333"},"recipientAccountId":"111122223333",""" +
        $$"""
        "eventTime":"{{time}}","eventSource":"ec2.amazonaws.com","eventName":"{{operation}}","awsRegion":"us-east-1","eventID":"{{id}}"}
        """;

    public static string Log(params IEnumerable<string> records) => $"{{\"Records\":[{string.Join(',', records)}]}}";

    public static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }

    public string At(string name) => Path.Combine(Root, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    public Task<Outcome> ReadAsync(params string[] paths) => ReadAsync(1, RecordFilter.For(Observer.Selectors), paths);

    public async Task<Outcome> ReadAsync(int parallelism, RecordFilter filter, params string[] paths)
    {
        var sink = new Sink();
        var summary = await new LogReader(filter, parallelism).ReadAsync(paths.Length == 0 ? [Root] : paths, sink, new NoProgress(), CancellationToken.None);
        return new(summary, sink.Records);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal sealed record Outcome(ReadSummary Summary, IReadOnlyList<(string Json, RecordPlace Place)> Records)
    {
        /// <summary>The ids of the records that were handed over, in order.</summary>
        public IEnumerable<string> Ids => Records.Select(record => record.Json.Split("\"eventID\":\"")[1].Split('"')[0]);

        public string? ReasonFor(string file) => Summary.Skipped.SingleOrDefault(skipped => Path.GetFileName(skipped.File) == file)?.Reason;
    }

    private sealed class Sink : IRecordSink
    {
        public List<(string, RecordPlace)> Records { get; } = [];

        public void Accept(ReadOnlySpan<byte> json, in RecordPlace place)
        {
            lock (Records)
                Records.Add((Encoding.UTF8.GetString(json), place));
        }
    }

    private sealed class NoProgress : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value)
        {
        }
    }
}
