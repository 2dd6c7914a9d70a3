using System.Collections.Immutable;

namespace ResponseKit.Response.Stores;

/// <summary>Where it is kept how far each response is. What was kept first under a number stays: a step that runs twice has one outcome.</summary>
public interface ILedgerStore
{
    private const int MostRounds = 10;

    /// <summary>What is known of a response, by its <see cref="IncidentRecord.ResponseName"/>; nothing of one that has not begun.</summary>
    Task<LedgerEntries> OfAsync(string response, CancellationToken cancellationToken);

    /// <summary>The events that plans of an incident were made by, in its latest rounds.</summary>
    async Task<AnsweredEvents> AnsweredAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        var known = new List<string>();
        // A record is delivered again for a day at most (EventBridge User Guide, "Event retry policy"); what is older than so many rounds answers nothing new.
        for (var round = record.Round; round > 0 && round > record.Round - MostRounds; round--)
            known.AddRange((await OfAsync((record with { Round = round }).ResponseName, cancellationToken)).Passes.Select(pass => pass.Answers));
        return new AnsweredEvents(known);
    }

    /// <summary>Keeps a pass, unless one of its number was kept before.</summary>
    /// <returns>The pass that stands.</returns>
    Task<ResponsePass> KeepAsync(string response, ResponsePass pass, CancellationToken cancellationToken);

    /// <summary>Keeps a look, unless one of its number was kept before.</summary>
    /// <returns>The look that stands.</returns>
    Task<ResponseLook> KeepAsync(string response, ResponseLook look, CancellationToken cancellationToken);
}

/// <summary>What is known of a response.</summary>
/// <param name="Passes">Its passes in order.</param>
/// <param name="Looks">Its looks in order.</param>
public sealed record LedgerEntries(ImmutableArray<ResponsePass> Passes, ImmutableArray<ResponseLook> Looks);
