using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace ResponseKit.Aws.Stores;

/// <summary>Incidents in the table: one item a root actor, so that a condition on it keeps a second from being opened, and one that lists it by id.</summary>
internal sealed class DynamoIncidents(StoreTable table)
{
    private const string All = "incidents";
    private const string Sort = "incident";

    public async Task<IncidentRecord?> LatestOfAsync(string rootKey, CancellationToken cancellationToken) =>
        await table.FindAsync(Of(rootKey), Sort, cancellationToken) is { } item ? Record(item) : null;

    /// <summary>Puts a record in the place of the one that was read; throws <see cref="ConditionalCheckFailedException"/> when that has changed.</summary>
    public async Task PutAsync(IncidentRecord record, IncidentRecord? instead, CancellationToken cancellationToken)
    {
        // Listed first: an entry without its incident does no harm, an incident that nobody finds does.
        var entry = StoreTable.Key(All, record.Incident.Id);
        entry["root"] = new(record.Incident.Root.Key);
        await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = entry }, cancellationToken);
        var request = new PutItemRequest { TableName = table.Name, Item = Item(record), ConditionExpression = "attribute_not_exists(pk)" };
        if (instead is not null)
        {
            request.ConditionExpression = "round = :round and ended = :ended";
            request.ExpressionAttributeValues = new(StringComparer.Ordinal) { [":round"] = Number(instead.Round), [":ended"] = Moment(instead.Ended!.Value) };
        }

        await table.Dynamo.PutItemAsync(request, cancellationToken);
    }

    /// <summary>Sets a time of a record, unless another round has begun.</summary>
    public async Task MarkAsync(IncidentRecord record, string name, DateTimeOffset time, CancellationToken cancellationToken)
    {
        try
        {
            await table.Dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table.Name,
                    Key = StoreTable.Key(Of(record.Incident.Root.Key), Sort),
                    UpdateExpression = $"set {name} = :time",
                    ConditionExpression = "round = :round",
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":time"] = Moment(time), [":round"] = Number(record.Round) },
                },
                cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // A later round says more than this one.
        }
    }

    public async Task<IncidentRecord?> FindAsync(string incident, CancellationToken cancellationToken) =>
        await table.FindAsync(All, incident, cancellationToken) is { } entry
        && await LatestOfAsync(entry["root"].S, cancellationToken) is { } record
        && record.Incident.Id == incident
            ? record
            : null;

    public async Task<IReadOnlyList<IncidentRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var records = new List<IncidentRecord>();
        foreach (var entry in await table.QueryAsync(All, "inc", cancellationToken))
        {
            if (await LatestOfAsync(entry["root"].S, cancellationToken) is { } record && record.Incident.Id == entry[StoreTable.Sort].S)
                records.Add(record);
        }

        return [.. records.OrderByDescending(record => record.Incident.Opened)];
    }

    private static string Of(string rootKey) => "case#" + rootKey;

    private static Dictionary<string, AttributeValue> Item(IncidentRecord record)
    {
        var item = StoreTable.Key(Of(record.Incident.Root.Key), Sort);
        var body = JsonSerializer.SerializeToUtf8Bytes(record.WithoutCase().Incident, ResponseKitJson.Default.Incident);
        item["body"] = new() { B = new MemoryStream(Packed.Pack(body), writable: false) };
        item["round"] = Number(record.Round);
        item["opened"] = Moment(record.Opened);
        return item;
    }

    private static IncidentRecord Record(Dictionary<string, AttributeValue> item) => new(
        Packed.Read(item["body"].B, ResponseKitJson.Default.Incident),
        int.Parse(item["round"].N, CultureInfo.InvariantCulture),
        Time(item["opened"]),
        item.TryGetValue("started", out var started) ? Time(started) : null,
        item.TryGetValue("ended", out var ended) ? Time(ended) : null);

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static AttributeValue Moment(DateTimeOffset time) => Number(time.UtcTicks);

    private static DateTimeOffset Time(AttributeValue value) => new(long.Parse(value.N, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
