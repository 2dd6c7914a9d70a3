using System.Text.Json.Serialization;

namespace ResponseKit.Correlation;

/// <summary>Whom a role lets in, as far as it tells whose door it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RoleTrust>))]
public enum RoleTrust
{
    /// <summary>It is not recorded, or nobody can be read from it.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>Nobody but AWS services: what runs under it is a workload's.</summary>
    [JsonStringEnumMemberName("services")]
    Services,

    /// <summary>Principals of the own account, or whoever an identity provider vouches for.</summary>
    [JsonStringEnumMemberName("insiders")]
    Insiders,

    /// <summary>Another account, or everybody.</summary>
    [JsonStringEnumMemberName("outsiders")]
    Outsiders,
}
