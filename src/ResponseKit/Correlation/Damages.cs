using ResponseKit.Detections;

namespace ResponseKit.Correlation;

/// <summary>Several sorts of grave act.</summary>
[Flags]
internal enum Damages
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>See <see cref="DamageKind.Blinding"/>.</summary>
    Blinding = 1 << DamageKind.Blinding,

    /// <summary>See <see cref="DamageKind.BackDoor"/>.</summary>
    BackDoor = 1 << DamageKind.BackDoor,

    /// <summary>See <see cref="DamageKind.Exfiltration"/>.</summary>
    Exfiltration = 1 << DamageKind.Exfiltration,

    /// <summary>See <see cref="DamageKind.Destruction"/>.</summary>
    Destruction = 1 << DamageKind.Destruction,
}
