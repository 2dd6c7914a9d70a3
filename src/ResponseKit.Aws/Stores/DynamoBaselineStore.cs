using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps each actor's history as one item of the table, removed when the actor was not seen for <see cref="ActorHistory.Forgotten"/>. Only what is
/// news is written, by <see cref="ActorHistory.IsNews"/>.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="known">What was learned from old logs; added to what the table holds.</param>
public sealed class DynamoBaselineStore(StoreTable table, Baseline known) : IBaselineStore
{
    private const string Sort = "history";

    /// <inheritdoc/>
    public async Task<ActorHistory> OfAsync(string actorKey, CancellationToken cancellationToken) =>
        known.Of(actorKey).Merge((await FindAsync(actorKey, cancellationToken)).History);

    /// <inheritdoc/>
    public async Task LearnAsync(string actorKey, DateTimeOffset time, ImmutableArray<Trait> traits, CancellationToken cancellationToken)
    {
        // What is written without a seal is never believed again.
        if (await table.Seal.ProblemAsync(cancellationToken) is not null)
            return;
        while (true)
        {
            var (history, found) = await FindAsync(actorKey, cancellationToken);
            if (!history.IsNews(time, traits))
                return;
            history = history.Add(time, traits);
            var item = StoreTable.Key(Of(actorKey), Sort);
            item["body"] = new() { B = new MemoryStream(Packed.Pack(BaselineFile.WriteHistory(history)), writable: false) };
            item[StoreTable.Expires] = Number((LastSeen(history, time) + ActorHistory.Forgotten).ToUnixTimeSeconds());
            // Where another triage was quicker, what it wrote is read in the next turn.
            if (await table.PutSealedAsync(item, SealKind.Baseline, found, cancellationToken))
                return;
        }
    }

    // An event may come days late; what was seen since is to be kept all the same.
    private static DateTimeOffset LastSeen(ActorHistory history, DateTimeOffset time) => history.Seen.Values.Select(span => span.Last).Append(time).Max();

    // What cannot be verified says nothing: whoever wrote it would have made the unusual usual.
    private async Task<(ActorHistory History, SealedItem? Found)> FindAsync(string actorKey, CancellationToken cancellationToken)
    {
        var found = await table.FindSealedAsync(Of(actorKey), Sort, SealKind.Baseline, cancellationToken);
        return (found is { IsVerified: true } ? BaselineFile.ReadHistory(Packed.Unpack(found.Item["body"].B)) : ActorHistory.Empty, found);
    }

    private static string Of(string actorKey) => "baseline#" + actorKey;

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
