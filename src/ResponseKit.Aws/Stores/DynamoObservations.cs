using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Correlation;
using ResponseKit.Response.Stores;

namespace ResponseKit.Aws.Stores;

/// <summary>Observations and links in the table, under the actor and under the access key that made the call.</summary>
/// <param name="table">The table.</param>
/// <param name="time">The clock by which they are forgotten.</param>
/// <param name="horizon">How long after its making a child's deed can be its maker's.</param>
internal sealed class DynamoObservations(StoreTable table, TimeProvider time, TimeSpan horizon) : ICaseGraph
{
    // One that is made so often is nobody's making any more.
    private const int MaxLinks = 50;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Adds the observation and its links, the actor's own copy last: when that is there, all of them are.</summary>
    public async Task<bool> AddAsync(Observation observation, CancellationToken cancellationToken)
    {
        var body = Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(observation, CaseJson.Default.Observation));
        foreach (var link in observation.Links)
            await PutAsync(LinkItem(link, observation.EventId), onlyNew: true, cancellationToken);
        foreach (var node in CaseLoader.NodesOf(observation).Skip(1))
            await PutAsync(Item(node, Place(observation), body), onlyNew: true, cancellationToken);
        var isNew = await PutAsync(Item(observation.Actor.Key, Place(observation), body), onlyNew: true, cancellationToken);
        await ListChildrenAsync(observation, cancellationToken);
        return isNew;
    }

    public async Task<IReadOnlyList<CaseLink>> LinksOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken) =>
    [
        .. (await table.LatestAsync(Of(node), "link#" + Moment(since), "link#~", MaxLinks, cancellationToken))
            .Select(item => Packed.Read(item["body"].B, CaseJson.Default.CaseLink)),
    ];

    public async Task<IReadOnlyList<string>> ChildrenOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken) =>
        [.. (await table.LatestAsync(Of(node), "child#" + Moment(since), "child#~", int.MaxValue, cancellationToken)).Select(item => item["child"].S)];

    public async Task<bool> HasActedAsync(string node, CancellationToken cancellationToken) => await table.AnyAsync(Of(node), "seen#", cancellationToken);

    public async Task<IReadOnlyList<Observation>> ObservationsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken) =>
    [
        .. (await table.LatestAsync(Of(node), Seen(since), "seen#~", CaseFile.MaxObservations, cancellationToken))
            .Select(item => StoredObservation.Read(item["body"].B)),
    ];

    /// <summary>
    /// Lists under its parent a child that has acted, and no other: whoever opens sessions by the thousand would make his case too long to read. The
    /// observation is put before the link is looked for, and the link before the observations are, so that of two at the same time one sees the other.
    /// </summary>
    private async Task ListChildrenAsync(Observation observation, CancellationToken cancellationToken)
    {
        foreach (var node in CaseLoader.NodesOf(observation))
        {
            foreach (var link in await LinksOfAsync(node, observation.Time - horizon, cancellationToken))
                await ListAsync(link, cancellationToken);
        }

        foreach (var link in observation.Links)
        {
            if (await HasActedAsync(link.Child, cancellationToken))
                await ListAsync(link, cancellationToken);
        }
    }

    private async Task ListAsync(CaseLink link, CancellationToken cancellationToken)
    {
        foreach (var parent in new[] { link.Parent, link.Via, link.ViaSession }.OfType<string>())
        {
            var item = ChildItem(parent, link);
            if (await table.FindAsync(Of(parent), item[StoreTable.Sort].S, cancellationToken) is null)
                await PutAsync(item, onlyNew: false, cancellationToken);
        }
    }

    private static string Of(string node) => "case#" + node;

    private static string Place(Observation observation) => $"{Seen(observation.Time)}#{observation.EventId}";

    private static string Seen(DateTimeOffset time) => "seen#" + Moment(time);

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private Dictionary<string, AttributeValue> ChildItem(string parent, CaseLink link)
    {
        var item = Item(parent, $"child#{Moment(link.Time)}#{link.Child}");
        item["child"] = new(link.Child);
        return item;
    }

    private Dictionary<string, AttributeValue> LinkItem(CaseLink link, string eventId) => Item(
        link.Child, $"link#{Moment(link.Time)}#{eventId}", Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(link, CaseJson.Default.CaseLink)));

    private Dictionary<string, AttributeValue> Item(string node, string sort, byte[]? body = null)
    {
        var item = StoreTable.Key(Of(node), sort);
        item[StoreTable.Expires] = new() { N = (time.GetUtcNow() + Kept).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        if (body is not null)
            item["body"] = new() { B = new MemoryStream(body, writable: false) };
        return item;
    }

    private Task<bool> PutAsync(Dictionary<string, AttributeValue> item, bool onlyNew, CancellationToken cancellationToken) =>
        PutAsync(
            new PutItemRequest { TableName = table.Name, Item = item, ConditionExpression = onlyNew ? "attribute_not_exists(pk)" : null },
            cancellationToken);

    private async Task<bool> PutAsync(PutItemRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await table.Dynamo.PutItemAsync(request, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }
}
