using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>What an action is asked to do; each mode may do more than the one before.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionMode>))]
public enum ActionMode
{
    /// <summary>Read, and list the exact calls that applying would make. Changes nothing.</summary>
    [JsonStringEnumMemberName("plan")]
    Plan,

    /// <summary>Read, and say whether what was applied still holds. Changes nothing.</summary>
    [JsonStringEnumMemberName("verify")]
    Verify,

    /// <summary>Do it.</summary>
    [JsonStringEnumMemberName("apply")]
    Apply,

    /// <summary>Put back what applying changed, from its receipt.</summary>
    [JsonStringEnumMemberName("revert")]
    Revert,
}
