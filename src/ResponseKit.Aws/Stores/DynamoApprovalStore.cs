using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Response;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps in DynamoDB what persons are asked about: a partition an incident, an item a question. Token and answer are attributes of the same item, so that
/// whichever of the two comes second sees the first.
/// </summary>
/// <param name="table">The table.</param>
public sealed class DynamoApprovalStore(StoreTable table) : IApprovalStore
{
    private const string Ask = "ask#";

    /// <inheritdoc/>
    public async Task<ImmutableArray<Approval>> OfAsync(string incident, CancellationToken cancellationToken) =>
        [.. (await table.QueryAsync(Of(incident), Ask, cancellationToken)).Select(Read)];

    /// <inheritdoc/>
    public async Task AskAsync(Approval approval, CancellationToken cancellationToken)
    {
        var item = Key(approval);
        var body = JsonSerializer.SerializeToUtf8Bytes(approval with { Decision = null }, ResponseKitJson.Default.Approval);
        item["body"] = new() { B = new MemoryStream(Packed.Pack(body), writable: false) };
        try
        {
            await table.Dynamo.PutItemAsync(
                new PutItemRequest { TableName = table.Name, Item = item, ConditionExpression = "attribute_not_exists(pk)" }, cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // Asked already.
        }
    }

    /// <inheritdoc/>
    public async Task<ApprovalAnswer> AnswerAsync(Approval approval, ApprovalDecision decision, CancellationToken cancellationToken)
    {
        var request = Update(
            approval, "set answer = :answer, answeredBy = :by, answeredFor = :reason, answeredAt = :at", "attribute_exists(pk) and attribute_not_exists(answer)",
            [
                (":answer", new(decision.IsApproved ? "approve" : "reject")), (":by", new(decision.By)), (":reason", new(decision.Reason)),
                (":at", new() { N = decision.At.UtcTicks.ToString(CultureInfo.InvariantCulture) }),
            ]);
        try
        {
            var kept = await table.Dynamo.UpdateItemAsync(request, cancellationToken);
            return new ApprovalAnswer(IsKept: true, kept.Attributes.GetValueOrDefault("taskToken")?.S);
        }
        catch (ConditionalCheckFailedException)
        {
            return new ApprovalAnswer(IsKept: false, null);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> WaitAsync(Approval approval, string token, CancellationToken cancellationToken)
    {
        var request = Update(approval, "set taskToken = :token", "attribute_exists(pk)", [(":token", new(token))]);
        return (await table.Dynamo.UpdateItemAsync(request, cancellationToken)).Attributes.ContainsKey("answer");
    }

    private static string Of(string incident) => "approval#" + incident;

    private static Dictionary<string, AttributeValue> Key(Approval approval) =>
        StoreTable.Key(Of(approval.Incident), string.Create(CultureInfo.InvariantCulture, $"{Ask}{approval.Number:D6}"));

    private UpdateItemRequest Update(Approval approval, string expression, string condition, (string Name, AttributeValue Value)[] values) => new()
    {
        TableName = table.Name,
        Key = Key(approval),
        UpdateExpression = expression,
        ConditionExpression = condition,
        ExpressionAttributeValues = values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal),
        ReturnValues = ReturnValue.ALL_NEW,
    };

    private static Approval Read(Dictionary<string, AttributeValue> item)
    {
        var approval = Packed.Read(item["body"].B, ResponseKitJson.Default.Approval);
        return item.GetValueOrDefault("answer")?.S is not { } answer
            ? approval
            : approval with
            {
                Decision = new ApprovalDecision(
                    answer == "approve", item["answeredBy"].S, item["answeredFor"].S,
                    new DateTimeOffset(long.Parse(item["answeredAt"].N, CultureInfo.InvariantCulture), TimeSpan.Zero)),
            };
    }
}
