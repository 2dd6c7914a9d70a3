using System.Text;
using System.Text.Json;
using ResponseKit.Replay.Scanning;

namespace ResponseKit.Tests.Records.Scanning;

/// <summary>What a splitter found in a text.</summary>
internal sealed record Split(IReadOnlyList<string> Records, SplitProblem? Problem, long Problems, long TooLarge)
{
    /// <summary>Splits text that comes in pieces of so many bytes.</summary>
    public static Split Of(string text, int piece = int.MaxValue) => With<VectorBlocks>(Encoding.UTF8.GetBytes(text), piece);

    public static Split With<TBlocks>(byte[] text, int piece)
        where TBlocks : struct, IBlockReader
    {
        var receiver = new Collector();
        using var splitter = new RecordSplitter(receiver);
        foreach (var part in text.Chunk(Math.Min(piece, Math.Max(1, text.Length))))
            splitter.Read<TBlocks>(part);
        splitter.End();
        return new(receiver.Records, splitter.Problem, splitter.Problems, splitter.TooLarge);
    }

    /// <summary>The records of a JSON value, found by parsing it.</summary>
    public static IEnumerable<string> ByParsing(string value)
    {
        using var document = JsonDocument.Parse(value);
        return [.. RecordsIn(document.RootElement, mayBeLog: true).Select(record => record.GetRawText())];
    }

    private static IEnumerable<JsonElement> RecordsIn(JsonElement value, bool mayBeLog) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).SelectMany(item => RecordsIn(item, mayBeLog)),
        JsonValueKind.Object when mayBeLog && value.TryGetProperty("Records"u8, out var records) && records.ValueKind == JsonValueKind.Array =>
            RecordsIn(records, mayBeLog: false),
        JsonValueKind.Object => [value],
        _ => [],
    };

    private sealed class Collector : IRecordReceiver
    {
        public List<string> Records { get; } = [];

        public void Receive(in FoundRecord found)
        {
            Assert.True(found.Index >= Records.Count);
            Assert.True(found.MayHaveEscapes || !found.Json.Contains((byte)'\\'));
            // Lists in the place of records are handed over, for records may be inside; none is one.
            if (found.Json[0] == '{')
                Records.Add(Encoding.UTF8.GetString(found.Json));
        }
    }
}
