using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>What became of an action as a whole, from best to worst.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReceiptStatus>))]
public enum ReceiptStatus
{
    /// <summary>A plan: nothing was changed.</summary>
    [JsonStringEnumMemberName("planned")]
    Planned,

    /// <summary>Verified: what was applied holds.</summary>
    [JsonStringEnumMemberName("holds")]
    Holds,

    /// <summary>Everything was in place before.</summary>
    [JsonStringEnumMemberName("already-in-place")]
    AlreadyInPlace,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("applied")]
    Applied,

    /// <summary>A guard held it back; nothing was changed.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>Waits for a person; nothing was changed.</summary>
    [JsonStringEnumMemberName("needs-approval")]
    NeedsApproval,

    /// <summary>What was named is not there. Of a principal that acted it is a failure: they may act on under another name.</summary>
    [JsonStringEnumMemberName("not-found")]
    NotFound,

    /// <summary>Time ran out; asking again goes on.</summary>
    [JsonStringEnumMemberName("incomplete")]
    Incomplete,

    /// <summary>Verified: what was applied no longer holds.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken,

    /// <summary>Some steps failed.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
