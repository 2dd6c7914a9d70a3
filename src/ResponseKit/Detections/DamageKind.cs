using System.Text.Json.Serialization;

namespace ResponseKit.Detections;

/// <summary>
/// The sorts of grave act that need no compute. One sort alone may be a migration, a clean-up or a mistake; two different sorts by one actor are what
/// intruders do. An ordinary act of a roll-out, a clean-up or an operator carries none, however much it resembles one of them.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<DamageKind>))]
public enum DamageKind
{
    /// <summary>Watchers see less: trails, detectors, recorders stopped, deleted or narrowed; ResponseKit's own parts broken.</summary>
    [JsonStringEnumMemberName("blinding")]
    Blinding,

    /// <summary>A way back in with power: self-escalation, a role opened to an unknown account, the root user's own key.</summary>
    [JsonStringEnumMemberName("back-door")]
    BackDoor,

    /// <summary>Data on its way out: disks, databases or secrets shared with or exported to somebody unknown.</summary>
    [JsonStringEnumMemberName("exfiltration")]
    Exfiltration,

    /// <summary>Data gone or out of its owner's reach, with nothing to restore it from.</summary>
    [JsonStringEnumMemberName("destruction")]
    Destruction,
}
