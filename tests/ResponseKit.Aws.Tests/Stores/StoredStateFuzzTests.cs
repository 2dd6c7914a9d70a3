using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing.Fuzzing;
using Xunit.Abstractions;

namespace ResponseKit.Aws.Tests.Stores;

/// <summary>Whatever somebody writes into the table: what was packed is read, or refused with a reason, and never takes the memory of a function.</summary>
public sealed class StoredStateFuzzTests(ITestOutputHelper output)
{
    private static string SlotOf(string observation) => $$"""{"kept":[{{observation}}],"full":[0],"isCut":false}""";

    private static readonly List<string> Observations =
    [
        .. DetectionCatalogue.All.SelectMany(detection => detection.Examples).Select(example => RecordParser.Parse(JsonElement.Parse(example.ToRecordJson()))).OfType<ParseResult.Parsed>()
            .Select(parsed => Observer.Observe(parsed.Record, new ResponsePolicy())).OfType<Observation>().Select(observation => JsonSerializer.Serialize(observation, CaseJson.Default.Observation)),
    ];

    private static readonly string Receipt = Encoding.UTF8.GetString(ReceiptJson.Write(new ActionReceipt
    {
        Id = "rcp-1",
        Action = "iam.contain-user",
        Mode = ActionMode.Apply,
        Status = ReceiptStatus.Applied,
        Account = "111122223333",
        Region = "us-east-1",
        Targets = ["arn:aws:iam::111122223333:user/ci"],
        Reason = "a test",
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch,
        Steps = [],
        Message = "done",
    }));

    private readonly FuzzRun fuzz = new(output);

    [Fact]
    public void Packed_observations() => fuzz.Try("packed observations", mutator => Packed.Pack(mutator.Mutate(mutator.OneOf(Observations))), bytes => Read(
        bytes, packed => JsonSerializer.Serialize(StoredObservation.Read(packed), CaseJson.Default.Observation)));

    [Fact]
    public void Packed_receipts() => fuzz.Try("packed receipts", mutator => Packed.Pack(mutator.Mutate(Receipt)), bytes => Read(bytes, packed => Encoding.UTF8.GetString(ReceiptJson.Write(ReceiptJson.Read(Packed.Unpack(packed))))));

    [Fact]
    public void Packed_slots() => fuzz.Try("packed slots", mutator => Packed.Pack(mutator.Mutate(SlotOf(mutator.OneOf(Observations)))), bytes => Read(
        bytes, packed => JsonSerializer.Serialize(StoredObservation.ReadSlot(packed), CaseJson.Default.SlotContent)));

    [Fact]
    public void Packed_bytes() => fuzz.Try("packed bytes", mutator => mutator.ChangedBytes(Packed.Pack(Encoding.UTF8.GetBytes(mutator.OneOf(Observations)))), bytes => Read(bytes, packed => Encoding.UTF8.GetString(Packed.Unpack(packed))));

    [Fact]
    public void An_item_that_grows_beyond_measure_is_refused_before_it_takes_the_memory()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var megabytes = 0; megabytes < 256; megabytes++)
                gzip.Write(zeros);
        }

        Assert.InRange(bomb.Length, 1, 400 * 1024);
        bomb.Position = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("ResponseKit never writes", Assert.Throws<InvalidDataException>(() => Packed.Unpack(bomb)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L * Packed.MostBytes);
    }

    private static (string? Refusal, string Seen) Read(byte[] packed, Func<Stream, string> read)
    {
        try
        {
            using var stream = new MemoryStream(packed);
            return (null, read(stream));
        }
        catch (Exception error) when (error is InvalidDataException or JsonException)
        {
            return (error.Message, "");
        }
    }
}
