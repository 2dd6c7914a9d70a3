using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Correlation;
using ResponseKit.Emulator;
using ResponseKit.Functions;
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
        ImmutableArray<ReadOnlyMemory<byte>> events = [.. page.Records.Where(IsMatched).Select(record => (ReadOnlyMemory<byte>)TriageJson.Envelop(record))];
        Written += page.Records.Length;
        Matched += events.Length;
        return events;
    }

    private static bool IsMatched(JsonElement record) =>
        RecordParser.Parse(record) is ParseResult.Parsed(var parsed) && Observer.Selectors.Any(selector => selector.Accepts(parsed));
}
