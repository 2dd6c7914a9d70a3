using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Correlation.Novelty;

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
        while (true)
        {
            var (history, version) = await FindAsync(actorKey, cancellationToken);
            if (!history.IsNews(time, traits))
                return;
            history = history.Add(time, traits);
            var item = StoreTable.Key(Of(actorKey), Sort);
            item["body"] = new() { B = new MemoryStream(Packed.Pack(BaselineFile.WriteHistory(history)), writable: false) };
            item["version"] = Number(version + 1);
            item[StoreTable.Expires] = Number((LastSeen(history, time) + ActorHistory.Forgotten).ToUnixTimeSeconds());
            try
            {
                await table.Dynamo.PutItemAsync(
                    new PutItemRequest
                    {
                        TableName = table.Name,
                        Item = item,
                        ConditionExpression = version == 0 ? "attribute_not_exists(pk)" : "version = :version",
                        ExpressionAttributeValues = version == 0 ? null : new(StringComparer.Ordinal) { [":version"] = Number(version) },
                    },
                    cancellationToken);
                return;
            }
            catch (ConditionalCheckFailedException)
            {
                // Another triage was quicker; what it wrote is read in the next turn.
            }
        }
    }

    // An event may come days late; what was seen since is to be kept all the same.
    private static DateTimeOffset LastSeen(ActorHistory history, DateTimeOffset time) => history.Seen.Values.Select(span => span.Last).Append(time).Max();

    private async Task<(ActorHistory History, long Version)> FindAsync(string actorKey, CancellationToken cancellationToken) =>
        await table.FindAsync(Of(actorKey), Sort, cancellationToken) is { } item
            ? (BaselineFile.ReadHistory(Packed.Unpack(item["body"].B)), long.Parse(item["version"].N, CultureInfo.InvariantCulture))
            : (ActorHistory.Empty, 0);

    private static string Of(string actorKey) => "baseline#" + actorKey;

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}
