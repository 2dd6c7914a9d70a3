using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;
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

    private static readonly Actor.User Mallory = new Actor.User("111122223333", "mallory");

    private static readonly CaseFile Case = new(Mallory.Key, [CaseStores.Seen("e1", Mallory), CaseStores.Seen("e2", Mallory)]);

    private static readonly Approval Question = new()
    {
        Incident = "inc-1",
        Round = 1,
        Number = 1,
        Asked = CaseStores.Start,
        Until = CaseStores.Start.AddHours(4),
        Items = [new ApprovalItem("ec2.terminate-instances", [ResourceRef.Of(ResourceKind.Instance, "111122223333", "us-east-1", "i-0123456789abcdef0")], "more than 20 instances")],
    };

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
    public void Incidents() => Try(
        "incidents", new Incident("inc-20251102-100000-0123456789ab", Mallory, "111122223333", CaseStores.Start, Correlator.Judge(Case, new ResponsePolicy()), Case), CaseJson.Default.Incident, stream => StoredItems.TryRead(stream, out Incident? read) ? read : null);

    [Fact]
    public void Questions_to_persons() => Try(
        "questions to persons", Question, ResponseJson.Default.Approval, stream => StoredItems.TryRead(stream, out Approval? read) ? read : null);

    [Fact]
    public void Passes_of_responses() => Try(
        "passes of responses", new ResponsePass { Look = 1, Actions = [], Fresh = 1, More = false, Held = 0, Pages = 0, Answers = new AnsweredEvents([]).Add(["e1"]) }, ResponseJson.Default.ResponsePass);

    [Fact]
    public void Looks_of_responses() => Try("looks of responses", new ResponseLook { Look = 1, Broken = [], Next = 60, Quiet = 1, Done = false }, ResponseJson.Default.ResponseLook);

    [Fact]
    public void Dismissals() => Try(
        "dismissals",
        new Dismissal
        {
            Incident = "inc-1",
            Round = 1,
            Kind = DismissalKind.Released,
            By = "alice",
            Reason = "a test",
            At = CaseStores.Start,
            Before = CaseStores.Start,
            Released = ["arn:aws:iam::111122223333:user/mallory"],
        },
        ResponseJson.Default.Dismissal);

    [Fact]
    public void Allowances() => Try(
        "allowances",
        new Allowance
        {
            Id = "inc-1-1",
            Account = "111122223333",
            Principal = "arn:aws:iam::111122223333:user/ci",
            Kinds = ["ec2.costly-launch"],
            UsdPerHour = 900,
            Owner = "ana",
            Reason = "training",
            From = CaseStores.Start,
            Until = CaseStores.Start.AddDays(30),
        },
        ResponseJson.Default.Allowance);

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

    // As the stores read them; and written again, so that each part of what was read is looked at.
    private void Try<T>(string target, T whole, JsonTypeInfo<T> type, Func<Stream, T?>? reader = null)
        where T : class
    {
        var json = JsonSerializer.Serialize(whole, type);
        fuzz.Try(target, mutator => Packed.Pack(mutator.Mutate(json)), bytes =>
        {
            using var stream = new MemoryStream(bytes);
            return (reader is null ? Packed.TryRead(stream, type, out var value) ? value : null : reader(stream)) is { } read ? (null, JsonSerializer.Serialize(read, type)) : ("none of ours", "");
        });
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
