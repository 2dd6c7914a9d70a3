using System.Text.Json.Serialization;

namespace ResponseKit;

/// <summary>
/// What a signal says about its actor. The correlator caps each category's share of the score, so that much of one
/// harmless thing never adds up to containment.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignalCategory>))]
public enum SignalCategory
{
    /// <summary>Looking around: quotas, regions, lists.</summary>
    [JsonStringEnumMemberName("recon")]
    Recon,

    /// <summary>Trying out what is allowed, without effect: dry runs, refused calls.</summary>
    [JsonStringEnumMemberName("permission-probing")]
    PermissionProbing,

    /// <summary>Making compute that costs money.</summary>
    [JsonStringEnumMemberName("provisioning")]
    Provisioning,

    /// <summary>Making ways back in: users, keys, roles, public functions.</summary>
    [JsonStringEnumMemberName("persistence")]
    Persistence,

    /// <summary>Hindering responders: termination protection, trails and detectors switched off.</summary>
    [JsonStringEnumMemberName("obstruction")]
    Obstruction,

    /// <summary>Something this actor has never done before.</summary>
    [JsonStringEnumMemberName("novelty")]
    Novelty,

    /// <summary>Another detector's finding: GuardDuty, AWS Health, AWS's own quarantine.</summary>
    [JsonStringEnumMemberName("external-finding")]
    ExternalFinding,
}
