using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Correlation;
using ResponseKit.Emulator;
using ResponseKit.Records;

namespace ResponseKit.Cli.Drill.Responding;

/// <summary>
/// What CloudTrail and EventBridge do: takes the account's records as they are written, lets those through that a rule matches, and wraps
/// them as EventBridge does.
/// </summary>
internal sealed class RecordFeed
{
    private readonly EmulatorControl control;
    private long next;

    private RecordFeed(EmulatorControl control, long next)
    {
        this.control = control;
        this.next = next;
    }

    /// <summary>How many records were written since the feed began.</summary>
    public int Written { get; private set; }

    /// <summary>How many of them a rule let through.</summary>
    public int Matched { get; private set; }

    public static async Task<RecordFeed> FromNowAsync(EmulatorControl control, CancellationToken cancellationToken) =>
        new(control, (await control.RecordsAsync(0, DrillAccount.Id, cancellationToken)).Next);

    /// <summary>The events since the last call.</summary>
    public async Task<ImmutableArray<ReadOnlyMemory<byte>>> NextAsync(CancellationToken cancellationToken)
    {
        var page = await control.RecordsAsync(next, DrillAccount.Id, cancellationToken);
        next = page.Next;
        ImmutableArray<ReadOnlyMemory<byte>> events = [.. page.Records.Where(IsMatched).Select(Envelope)];
        Written += page.Records.Length;
        Matched += events.Length;
        return events;
    }

    private static bool IsMatched(JsonElement record) =>
        RecordParser.Parse(record) is ParseResult.Parsed(var parsed) && Observer.Selectors.Any(selector => selector.Accepts(parsed));

    private static ReadOnlyMemory<byte> Envelope(JsonElement record)
    {
        var service = record.GetProperty("eventSource").GetString()!.Split('.')[0];
        var envelope = new JsonObject
        {
            ["version"] = "0",
            ["id"] = record.GetProperty("eventID").GetString(),
            ["detail-type"] = "AWS API Call via CloudTrail",
            ["source"] = "aws." + service,
            ["account"] = record.GetProperty("recipientAccountId").GetString(),
            ["time"] = record.GetProperty("eventTime").GetString(),
            ["region"] = record.GetProperty("awsRegion").GetString(),
            ["resources"] = new JsonArray(),
            ["detail"] = JsonObject.Create(record),
        };
        return JsonSerializer.SerializeToUtf8Bytes(envelope);
    }
}
