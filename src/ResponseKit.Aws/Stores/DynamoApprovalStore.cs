using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps in DynamoDB what persons are asked about: a partition an incident, a sealed item a question. Token and answer are attributes of the same item, so that
/// whichever of the two comes second sees the first. The seal leaves the token out: a wrong one wakes nobody, and nothing is believed for it.
/// </summary>
/// <param name="table">The table.</param>
public sealed class DynamoApprovalStore(StoreTable table) : IApprovalStore
{
    private const string Ask = "ask#";
    private const int MostAttempts = 20;

    /// <inheritdoc/>
    public async Task<ImmutableArray<Approval>> OfAsync(string incident, CancellationToken cancellationToken) =>
        [.. (await table.QuerySealedAsync(Of(incident), Ask, SealKind.Approval, cancellationToken)).Select(Read).OfType<Approval>()];

    /// <inheritdoc/>
    public async Task AskAsync(Approval approval, CancellationToken cancellationToken)
    {
        var body = Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(approval with { Decision = null }, ResponseJson.Default.Approval));
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            // Asked already, unless somebody else has put it there.
            var there = await FindAsync(approval, cancellationToken);
            if (there is { IsSuspect: false })
                return;
            var item = Key(approval);
            item["body"] = new() { B = new MemoryStream(body, writable: false) };
            if (await table.PutSealedAsync(item, SealKind.Approval, there, cancellationToken))
                return;
        }

        throw new InvalidOperationException($"Question {approval.Number} about incident {approval.Incident} is changed again and again by others, and could not be kept.");
    }

    /// <inheritdoc/>
    public async Task<ApprovalAnswer> AnswerAsync(Approval approval, ApprovalDecision decision, CancellationToken cancellationToken)
    {
        var changes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["answer"] = new(decision.IsApproved ? "approve" : "reject"),
            ["answeredBy"] = new(decision.By),
            ["answeredFor"] = new(decision.Reason),
            ["answeredAt"] = new() { N = decision.At.UtcTicks.ToString(CultureInfo.InvariantCulture) },
        };
        if (decision.Proof is { } proof)
            changes["answerProof"] = new(proof);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await FindAsync(approval, cancellationToken) is not { } there || there.Item.ContainsKey("answer"))
                return new ApprovalAnswer(IsKept: false, null);
            if (!there.IsVerified)
                return await AnswerUnverifiedAsync(approval, decision, changes, cancellationToken);
            if (await table.UpdateSealedAsync(there, changes, SealKind.Approval, cancellationToken) is { } kept)
                return new ApprovalAnswer(IsKept: true, kept.GetValueOrDefault("taskToken")?.S);
        }

        return new ApprovalAnswer(IsKept: false, null);
    }

    // What cannot be verified must not be sealed with what it says; a rejection counts without a seal.
    private async Task<ApprovalAnswer> AnswerUnverifiedAsync(
        Approval approval, ApprovalDecision decision, Dictionary<string, AttributeValue> changes, CancellationToken cancellationToken)
    {
        if (decision.IsApproved)
            return new ApprovalAnswer(IsKept: false, null);
        var expression = "set " + string.Join(", ", changes.Keys.Select(name => $"{name} = :{name}"));
        var request = Update(approval, expression, "attribute_exists(pk) and attribute_not_exists(answer)", [.. changes.Select(change => (":" + change.Key, change.Value))]);
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
    public Task<bool> UseProofAsync(string proof, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var item = StoreTable.Key("proof#" + proof, "used");
        item[StoreTable.Expires] = new() { N = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        // Whoever wrote it: one that is there counts as used.
        return table.PutSealedAsync(item, SealKind.Proof, instead: null, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> WaitAsync(Approval approval, string token, CancellationToken cancellationToken)
    {
        var request = Update(approval, "set taskToken = :token", "attribute_exists(pk)", [(":token", new(token))]);
        return (await table.Dynamo.UpdateItemAsync(request, cancellationToken)).Attributes.ContainsKey("answer");
    }

    private Task<SealedItem?> FindAsync(Approval approval, CancellationToken cancellationToken)
    {
        var key = Key(approval);
        return table.FindSealedAsync(key[StoreTable.Partition].S, key[StoreTable.Sort].S, SealKind.Approval, cancellationToken);
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

    /// <summary>A question with its answer; null for what is none of ours.</summary>
    private static Approval? Read(SealedItem found)
    {
        var item = found.Item;
        if (!StoredItems.TryRead(item.GetValueOrDefault("body")?.B, out Approval? approval))
            return null;
        approval = approval with { IsVerified = found.IsVerified };
        return item.GetValueOrDefault("answer")?.S is not { } answer
            ? approval
            : approval with
            {
                // Whatever else stands there is no yes.
                Decision = new ApprovalDecision(answer == "approve", Text(item, "answeredBy"), Text(item, "answeredFor"), Time(item))
                {
                    Proof = item.GetValueOrDefault("answerProof")?.S,
                },
            };
    }

    private static string Text(Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name)?.S ?? "unknown";

    private static DateTimeOffset Time(Dictionary<string, AttributeValue> item) =>
        long.TryParse(item.GetValueOrDefault("answeredAt")?.N, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(ticks, TimeSpan.Zero)
            : DateTimeOffset.MinValue;
}
