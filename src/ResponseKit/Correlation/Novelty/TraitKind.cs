using System.Text.Json.Serialization;

namespace ResponseKit.Correlation.Novelty;

/// <summary>In which respect a call can be unlike the actor's earlier ones.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TraitKind>))]
public enum TraitKind
{
    /// <summary>The region that was called.</summary>
    [JsonStringEnumMemberName("region")]
    Region,

    /// <summary>Where the call came from: a part of the address, or the calling service.</summary>
    [JsonStringEnumMemberName("network")]
    Network,

    /// <summary>The program that made the call.</summary>
    [JsonStringEnumMemberName("agent")]
    Agent,

    /// <summary>The service that was called.</summary>
    [JsonStringEnumMemberName("service")]
    Service,

    /// <summary>A family of instances that was asked for, such as <c>g4dn</c>.</summary>
    [JsonStringEnumMemberName("family")]
    Family,

    /// <summary>The hour of the day, in UTC.</summary>
    [JsonStringEnumMemberName("hour")]
    Hour,

    /// <summary>What a launch costs an hour, in US dollars, as a power of two.</summary>
    [JsonStringEnumMemberName("spend")]
    Spend,
}
