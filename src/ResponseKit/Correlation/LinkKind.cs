using System.Text.Json.Serialization;

namespace ResponseKit.Correlation;

/// <summary>How somebody came to be.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LinkKind>))]
public enum LinkKind
{
    /// <summary>A session was opened.</summary>
    [JsonStringEnumMemberName("opened")]
    Opened,

    /// <summary>A user was made.</summary>
    [JsonStringEnumMemberName("made-user")]
    MadeUser,

    /// <summary>A role was made.</summary>
    [JsonStringEnumMemberName("made-role")]
    MadeRole,

    /// <summary>Another user got a key.</summary>
    [JsonStringEnumMemberName("made-key")]
    MadeKey,

    /// <summary>A user was given another name: the child is the parent.</summary>
    [JsonStringEnumMemberName("renamed")]
    Renamed,
}
