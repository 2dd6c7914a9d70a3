using Amazon.DynamoDBv2.Model;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores.Sealing;

/// <summary>An item as it was read, with what its seal says.</summary>
/// <param name="Item">Its attributes.</param>
/// <param name="Authenticity">What its seal says.</param>
internal sealed record SealedItem(Dictionary<string, AttributeValue> Item, Authenticity Authenticity)
{
    /// <summary>Whether it may be acted on.</summary>
    public bool IsVerified => Authenticity == Authenticity.Verified;

    /// <summary>Whether somebody may have written it who is not ResponseKit, and that can be told: it must be kept for a person, and not be believed.</summary>
    public bool IsSuspect => Authenticity is Authenticity.Unsealed or Authenticity.Forged or Authenticity.RolledBack;

    /// <summary>Whether a copy must be kept of it before it is replaced: it is evidence, or may be worth more than what is written without the key.</summary>
    public bool IsReplacedWithCare => IsSuspect || (Authenticity == Authenticity.Unchecked && Item.ContainsKey(StateSeal.SealAttribute));

    /// <summary>Its version; 0 when it has none.</summary>
    public long Version => StateSeal.VersionOf(Item) ?? 0;

    /// <summary>Its table key.</summary>
    public (string Partition, string Sort) Key => (Item[StoreTable.Partition].S, Item[StoreTable.Sort].S);
}
