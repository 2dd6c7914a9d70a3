using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps the kill switch as one item of the table: key <c>control</c> / <c>kill-switch</c>, which a person can also put and delete in the
/// DynamoDB console. That the item is there is what counts, whatever else stands in it.
/// </summary>
public sealed class DynamoControlStore(StoreTable table) : IControlStore
{
    /// <summary>The partition of what people switch.</summary>
    public const string Control = "control";

    private const string Switch = "kill-switch";

    /// <inheritdoc/>
    public async Task<KillSwitch?> KillSwitchAsync(CancellationToken cancellationToken)
    {
        if (await table.FindAsync(Control, Switch, cancellationToken) is not { } item)
            return null;
        var since = DateTimeOffset.TryParse(Text(item, "since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;
        return new KillSwitch(Text(item, "reason") ?? "no reason given", Text(item, "by") ?? "unknown", since);
    }

    /// <inheritdoc/>
    public async Task SetKillSwitchAsync(KillSwitch? killSwitch, CancellationToken cancellationToken)
    {
        var item = StoreTable.Key(Control, Switch);
        if (killSwitch is null)
        {
            await table.Dynamo.DeleteItemAsync(new DeleteItemRequest { TableName = table.Name, Key = item }, cancellationToken);
            return;
        }

        item["reason"] = new(killSwitch.Reason);
        item["by"] = new(killSwitch.By);
        item["since"] = new(killSwitch.Since.ToString("O", CultureInfo.InvariantCulture));
        await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item }, cancellationToken);
    }

    private static string? Text(Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name)?.S;
}
