using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// The one DynamoDB table in which ResponseKit keeps its state: string keys <see cref="Partition"/> and <see cref="Sort"/>, time to live on
/// <see cref="Expires"/>. Whatever belongs together shares a partition, so that one strongly consistent query reads it.
/// </summary>
/// <param name="Dynamo">The client, of the responder's own account.</param>
/// <param name="Name">The table's name.</param>
public sealed record StoreTable(IAmazonDynamoDB Dynamo, string Name)
{
    /// <summary>The partition key's name.</summary>
    public const string Partition = "pk";

    /// <summary>The sort key's name.</summary>
    public const string Sort = "sk";

    /// <summary>The attribute by which DynamoDB removes items, in seconds since 1970.</summary>
    public const string Expires = "expires";

    /// <summary>What seals the items and checks their seals.</summary>
    public StateSeal Seal { get; init; } = StateSeal.Without("No seal key was named.");

    /// <summary>Who is told of items that cannot be verified.</summary>
    public IStateWatch Watch { get; init; } = new NoStateWatch();

    internal static Dictionary<string, AttributeValue> Key(string partition, string sort) =>
        new(StringComparer.Ordinal) { [Partition] = new(partition), [Sort] = new(sort) };

    internal async Task<Dictionary<string, AttributeValue>?> FindAsync(string partition, string sort, CancellationToken cancellationToken)
    {
        var response = await Dynamo.GetItemAsync(
            new GetItemRequest { TableName = Name, Key = Key(partition, sort), ConsistentRead = true }, cancellationToken);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>The items of a partition whose sort key begins so, in the order of that key.</summary>
    internal Task<List<Dictionary<string, AttributeValue>>> QueryAsync(string partition, string sortBegins, CancellationToken cancellationToken) =>
        PagesAsync(Beginning(partition, sortBegins), int.MaxValue, cancellationToken);

    /// <summary>The items of a partition whose sort key lies between two, the last first and at most about so many.</summary>
    internal Task<List<Dictionary<string, AttributeValue>>> LatestAsync(string partition, string from, string to, int atMost, CancellationToken cancellationToken) =>
        PagesAsync(
            new QueryRequest
            {
                KeyConditionExpression = $"{Partition} = :partition and {Sort} between :from and :to",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":partition"] = new(partition), [":from"] = new(from), [":to"] = new(to) },
                ScanIndexForward = false,
            },
            atMost, cancellationToken);

    /// <summary>Whether a partition has an item whose sort key begins so.</summary>
    internal async Task<bool> AnyAsync(string partition, string sortBegins, CancellationToken cancellationToken)
    {
        var request = Beginning(partition, sortBegins);
        (request.TableName, request.ConsistentRead, request.Limit) = (Name, true, 1);
        return (await Dynamo.QueryAsync(request, cancellationToken)).Items is { Count: > 0 };
    }

    private static QueryRequest Beginning(string partition, string sortBegins) => new()
    {
        KeyConditionExpression = $"{Partition} = :partition and begins_with({Sort}, :begins)",
        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":partition"] = new(partition), [":begins"] = new(sortBegins) },
    };

    private async Task<List<Dictionary<string, AttributeValue>>> PagesAsync(QueryRequest request, int atMost, CancellationToken cancellationToken)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        request.TableName = Name;
        request.ConsistentRead = true;
        do
        {
            var page = await Dynamo.QueryAsync(request, cancellationToken);
            items.AddRange(page.Items ?? []);
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 } && items.Count < atMost);
        return items;
    }
}
