using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Heartbeats;
using ResponseKit.Response.Stores;

namespace ResponseKit.Aws.Heartbeats;

/// <summary>Keeps one item an account: partition <c>heartbeat#ACCOUNT</c>. It goes some days after the account was last asked.</summary>
/// <param name="table">The table.</param>
public sealed class DynamoHeartbeatStore(StoreTable table) : IHeartbeatStore
{
    private const string Pulse = "pulse";
    private const int DaysKept = 7;

    /// <inheritdoc/>
    public async Task<AccountPulse?> FindAsync(string account, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(Partition(account), Pulse, cancellationToken) is not { } item)
            return null;
        return new AccountPulse(account, Time(item["first"].S), item["nonce"].S, Time(item["sent"].S))
        {
            Back = Times(item, "back"),
            Heard = Times(item, "heard"),
            Troubles = Map(item, "troubles").ToImmutableSortedDictionary(one => one.Key, one => one.Value.S, StringComparer.Ordinal),
        };
    }

    /// <inheritdoc/>
    public async Task SaveAsync(AccountPulse pulse, CancellationToken cancellationToken)
    {
        var item = StoreTable.Key(Partition(pulse.Account), Pulse);
        item["first"] = new(Text(pulse.FirstSeen));
        item["nonce"] = new(pulse.Nonce);
        item["sent"] = new(Text(pulse.Sent));
        item["back"] = Times(pulse.Back);
        item["heard"] = Times(pulse.Heard);
        item["troubles"] = Texts(pulse.Troubles);
        item[StoreTable.Expires] = new() { N = pulse.Sent.AddDays(DaysKept).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task TroublesAsync(AccountPulse pulse, CancellationToken cancellationToken) => table.Dynamo.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = table.Name,
            Key = StoreTable.Key(Partition(pulse.Account), Pulse),
            UpdateExpression = "SET #troubles = :troubles",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#troubles"] = "troubles" },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":troubles"] = Texts(pulse.Troubles) },
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> CameBackAsync(Heartbeat heartbeat, DateTimeOffset time, CancellationToken cancellationToken)
    {
        try
        {
            await table.Dynamo.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table.Name,
                    Key = StoreTable.Key(Partition(heartbeat.Account), Pulse),
                    // Some of these words DynamoDB keeps for itself.
                    UpdateExpression = "SET #back.#region = :time",
                    ConditionExpression = "#nonce = :nonce",
                    ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#back"] = "back", ["#nonce"] = "nonce", ["#region"] = heartbeat.Region },
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":time"] = new(Text(time)), [":nonce"] = new(heartbeat.Nonce) },
                },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private static string Partition(string account) => "heartbeat#" + account;

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static AttributeValue Times(ImmutableSortedDictionary<string, DateTimeOffset> times) => Texts(times.ToImmutableSortedDictionary(
        one => one.Key, one => Text(one.Value), StringComparer.Ordinal));

    private static AttributeValue Texts(ImmutableSortedDictionary<string, string> texts) =>
        new() { M = texts.ToDictionary(one => one.Key, one => new AttributeValue(one.Value), StringComparer.Ordinal), IsMSet = true };

    private static ImmutableSortedDictionary<string, DateTimeOffset> Times(Dictionary<string, AttributeValue> item, string name) =>
        Map(item, name).ToImmutableSortedDictionary(one => one.Key, one => Time(one.Value.S), StringComparer.Ordinal);

    private static Dictionary<string, AttributeValue> Map(Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name)?.M ?? [];
}
