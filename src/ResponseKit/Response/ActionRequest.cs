using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>A valid request to an action: the one payload of machine and human, checked.</summary>
public sealed record ActionRequest
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What to do.</summary>
    public required ActionMode Mode { get; init; }

    /// <summary>The account to act in, twelve digits.</summary>
    public required string Account { get; init; }

    /// <summary>The region to act in; for global services any region of the partition.</summary>
    public required string Region { get; init; }

    /// <summary>What to act on, of one kind.</summary>
    public required ImmutableArray<ResourceRef> Targets { get; init; }

    /// <summary>Why; goes into the receipt.</summary>
    public required string Reason { get; init; }

    /// <summary>The incident, where there is one.</summary>
    public string? Incident { get; init; }

    /// <summary>
    /// How often the incident has been opened. Each round has receipts of its own, so that undoing one leaves in place what another did.
    /// </summary>
    public int Round { get; init; } = 1;

    /// <summary>The receipt to revert, where it is named.</summary>
    public string? Receipt { get; init; }

    /// <summary>Fields that the action declares, by name.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The request that undoes a receipt.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="action">Its action.</param>
    /// <param name="reason">Why.</param>
    public static ActionRequest Undoing(ActionReceipt receipt, ActionDescriptor action, string reason) => new()
    {
        Mode = ActionMode.Revert,
        Account = receipt.Account,
        Region = receipt.Region,
        Targets = [.. receipt.Targets.Select(target => ResourceRef.Parse(action.Target, target, receipt.Account, receipt.Region)).OfType<ResourceRef>()],
        Reason = reason,
        Incident = receipt.Incident,
        Receipt = receipt.Id,
        Options = receipt.Options,
    };

    /// <summary>The payload that says the same; reading it gives this request again.</summary>
    public string ToJson()
    {
        var payload = new JsonObject
        {
            ["mode"] = Mode.ToString().ToLowerInvariant(),
            ["account"] = Account,
            ["region"] = Region,
            ["target"] = Targets is [var only] ? only.ToFullArn() : new JsonArray([.. Targets.Select(target => JsonValue.Create(target.ToFullArn()))]),
            ["reason"] = Reason,
        };
        if (Incident is not null)
            payload["incident"] = Incident;
        if (Round != 1)
            payload["round"] = Round;
        if (Receipt is not null)
            payload["receipt"] = Receipt;
        if (!Options.IsEmpty)
            payload["options"] = new JsonObject(Options.Select(option => KeyValuePair.Create(option.Key, (JsonNode?)JsonValue.Create(option.Value))));
        return payload.ToJsonString(Readable);
    }

    /// <summary>Whether both ask for the same.</summary>
    public bool Equals(ActionRequest? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
