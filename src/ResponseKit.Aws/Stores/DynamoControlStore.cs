using System.Globalization;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps the kill switch as one item of the table: key <c>control</c> / <c>kill-switch</c>, which a person can also put and delete in the
/// DynamoDB console. That the item is there is what counts, whatever else stands in it, and whether or not its seal is right: who can write to the table
/// may stop ResponseKit, and people are told.
/// </summary>
public sealed class DynamoControlStore(StoreTable table) : IControlStore
{
    /// <summary>The partition of what people switch.</summary>
    public const string Control = "control";

    private const string Switch = "kill-switch";

    /// <inheritdoc/>
    public async Task<KillSwitch?> KillSwitchAsync(CancellationToken cancellationToken)
    {
        if (await table.FindSealedAsync(Control, Switch, SealKind.Control, cancellationToken) is not { Item: var item } found)
            return null;
        var since = DateTimeOffset.TryParse(Text(item, "since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : default;
        return new KillSwitch(Text(item, "reason") ?? "no reason given", Text(item, "by") ?? "unknown", since) { IsVerified = found.IsVerified };
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

        var version = await table.FindAsync(Control, Switch, cancellationToken) is { } there ? StateSeal.VersionOf(there) ?? 0 : 0;

        item["reason"] = new(killSwitch.Reason);
        item["by"] = new(killSwitch.By);
        item["since"] = new(killSwitch.Since.ToString("O", CultureInfo.InvariantCulture));
        await table.Seal.SealAsync(item, SealKind.Control, version % int.MaxValue + 1, cancellationToken);
        await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item }, cancellationToken);
    }

    private static string? Text(Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name)?.S;
}
