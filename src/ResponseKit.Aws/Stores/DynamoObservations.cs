using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Correlation;

namespace ResponseKit.Aws.Stores;

/// <summary>Observations and links in the table, under the actor and under the access key that made the call.</summary>
internal sealed class DynamoObservations(StoreTable table, TimeProvider time) : ICaseGraph
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    // No session lasts longer (STS API Reference, "GetSessionToken").
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(36);

    /// <summary>Adds the observation and its links, the actor's own copy last: when that is there, all of them are.</summary>
    public async Task<bool> AddAsync(Observation observation, CancellationToken cancellationToken)
    {
        var body = Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(observation, ResponseKitJson.Default.Observation));
        foreach (var link in observation.Links)
            await PutLatestAsync(link, cancellationToken);
        if (observation.AccessKeyId is { } key)
            await PutAsync(Item(key, Place(observation), body), onlyNew: true, cancellationToken);
        var isNew = await PutAsync(Item(observation.Actor.Key, Place(observation), body), onlyNew: true, cancellationToken);
        await ListChildrenAsync(observation, cancellationToken);
        return isNew;
    }

    public async Task<string?> ParentOfAsync(string node, CancellationToken cancellationToken)
    {
        if (await LinkOfAsync(node, cancellationToken) is not { } link)
            return null;
        var session = link.Via is { } via ? await LinkOfAsync(via, cancellationToken) : null;
        return CaseLink.ParentOf(node, other => other == node ? link : session);
    }

    public async Task<IReadOnlyList<string>> ChildrenOfAsync(string actor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var oldest = since - DateTimeOffset.MinValue > LongestSession ? since - LongestSession : DateTimeOffset.MinValue;
        return [.. (await table.LatestAsync(Of(actor), "child#" + Moment(oldest), "child#~", int.MaxValue, cancellationToken)).Select(item => item["child"].S)];
    }

    public async Task<bool> HasActedAsync(string node, CancellationToken cancellationToken) => await table.AnyAsync(Of(node), "seen#", cancellationToken);

    public async Task<IReadOnlyList<Observation>> ObservationsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken) =>
    [
        .. (await table.LatestAsync(Of(node), Seen(since), "seen#~", CaseFile.MaxObservations, cancellationToken))
            .Select(item => Packed.Read(item["body"].B, ResponseKitJson.Default.Observation)),
    ];

    /// <summary>
    /// Lists under its parent a child that has acted, and no other: whoever opens sessions by the thousand would make his case too long to read. The
    /// observation is put before the link is looked for, and the link before the observations are, so that of two at the same time one sees the other.
    /// </summary>
    private async Task ListChildrenAsync(Observation observation, CancellationToken cancellationToken)
    {
        if ((observation.AccessKeyId is { } key ? await LinkOfAsync(key, cancellationToken) : null) is { } ofKey)
            await ListAsync(ofKey, cancellationToken);
        else if (await LinkOfAsync(observation.Actor.Key, cancellationToken) is { } ofActor)
            await ListAsync(ofActor, cancellationToken);
        foreach (var link in observation.Links)
        {
            if (await HasActedAsync(link.Child, cancellationToken))
                await ListAsync(link, cancellationToken);
        }
    }

    private async Task ListAsync(CaseLink link, CancellationToken cancellationToken)
    {
        foreach (var parent in new[] { link.Parent, link.Via }.OfType<string>())
        {
            var item = ChildItem(parent, link);
            if (await table.FindAsync(Of(parent), item[StoreTable.Sort].S, cancellationToken) is null)
                await PutAsync(item, onlyNew: false, cancellationToken);
        }
    }

    private async Task<CaseLink?> LinkOfAsync(string node, CancellationToken cancellationToken) =>
        await table.FindAsync(Of(node), "link", cancellationToken) is { } item
            ? new(node, item["parent"].S, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(item["since"].N, CultureInfo.InvariantCulture))) { Via = item.GetValueOrDefault("via")?.S }
            : null;

    private static string Of(string node) => "case#" + node;

    private static string Place(Observation observation) => $"{Seen(observation.Time)}#{observation.EventId}";

    private static string Seen(DateTimeOffset time) => "seen#" + Moment(time);

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Sessions stand in the order of time, before the children that last: a busy actor opens many, and those that have expired need not be read.</summary>
    private Dictionary<string, AttributeValue> ChildItem(string parent, CaseLink link)
    {
        var isSession = link.Child.StartsWith("ASIA", StringComparison.Ordinal);
        var item = Item(parent, $"child#{(isSession ? Moment(link.Time) : "lasting")}#{link.Child}");
        item["child"] = new(link.Child);
        return item;
    }

    private Dictionary<string, AttributeValue> Item(string node, string sort, byte[]? body = null)
    {
        var item = StoreTable.Key(Of(node), sort);
        item[StoreTable.Expires] = new() { N = (time.GetUtcNow() + Kept).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        if (body is not null)
            item["body"] = new() { B = new MemoryStream(body, writable: false) };
        return item;
    }

    /// <summary>A child may be made anew by somebody else after it was deleted: the latest link counts.</summary>
    private async Task PutLatestAsync(CaseLink link, CancellationToken cancellationToken)
    {
        var item = Item(link.Child, "link");
        item["parent"] = new(link.Parent);
        if (link.Via is { } via)
            item["via"] = new(via);
        item["since"] = new() { N = link.Time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) };
        await PutAsync(
            new PutItemRequest
            {
                TableName = table.Name,
                Item = item,
                ConditionExpression = "attribute_not_exists(pk) or since < :since",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":since"] = item["since"] },
            },
            cancellationToken);
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
