using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Response;

namespace ResponseKit.Aws.Stores;

/// <summary>Keeps in DynamoDB how far responses are: a partition a response, an item each pass and look, written once.</summary>
/// <param name="table">The table.</param>
public sealed class DynamoLedgerStore(StoreTable table) : ILedgerStore
{
    private const string Pass = "pass#";
    private const string Look = "look#";

    /// <inheritdoc/>
    public async Task<LedgerEntries> OfAsync(string response, CancellationToken cancellationToken)
    {
        var passes = await table.QueryAsync(Of(response), Pass, cancellationToken);
        var looks = await table.QueryAsync(Of(response), Look, cancellationToken);
        return new LedgerEntries(
            [.. passes.Select(item => Read(item, ResponseKitJson.Default.ResponsePass))], [.. looks.Select(item => Read(item, ResponseKitJson.Default.ResponseLook))]);
    }

    /// <inheritdoc/>
    public Task<ResponsePass> KeepAsync(string response, ResponsePass pass, CancellationToken cancellationToken) =>
        KeepAsync(response, Pass, pass.Look, pass, ResponseKitJson.Default.ResponsePass, cancellationToken);

    /// <inheritdoc/>
    public Task<ResponseLook> KeepAsync(string response, ResponseLook look, CancellationToken cancellationToken) =>
        KeepAsync(response, Look, look.Look, look, ResponseKitJson.Default.ResponseLook, cancellationToken);

    private static string Of(string response) => "response#" + response;

    private static T Read<T>(Dictionary<string, AttributeValue> item, JsonTypeInfo<T> type) => Packed.Read(item["body"].B, type);

    private async Task<T> KeepAsync<T>(string response, string kind, int number, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var sort = string.Create(CultureInfo.InvariantCulture, $"{kind}{number:D6}");
        var item = StoreTable.Key(Of(response), sort);
        item["body"] = new() { B = new MemoryStream(Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(value, type)), writable: false) };
        try
        {
            await table.Dynamo.PutItemAsync(
                new PutItemRequest { TableName = table.Name, Item = item, ConditionExpression = "attribute_not_exists(pk)" }, cancellationToken);
            return value;
        }
        catch (ConditionalCheckFailedException)
        {
            return Read((await table.FindAsync(Of(response), sort, cancellationToken))!, type);
        }
    }
}
