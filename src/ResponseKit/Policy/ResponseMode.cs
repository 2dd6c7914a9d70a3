using System.Text.Json.Serialization;

namespace ResponseKit.Policy;

/// <summary>What ResponseKit may do by itself. A person's own request is not bound by it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ResponseMode>))]
public enum ResponseMode
{
    /// <summary>Everything is planned, explained and reported; nothing is changed.</summary>
    [JsonStringEnumMemberName("observe")]
    Observe,

    /// <summary>Every change waits for a person.</summary>
    [JsonStringEnumMemberName("approve")]
    Approve,

    /// <summary>Acts at once.</summary>
    [JsonStringEnumMemberName("enforce")]
    Enforce,
}
