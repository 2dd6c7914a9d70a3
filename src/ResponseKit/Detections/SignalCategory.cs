namespace ResponseKit.Detections;

/// <summary>
/// What a signal says about its actor. The correlator caps each category's share of the score, so that much of one
/// harmless thing never adds up to containment.
/// </summary>
public enum SignalCategory
{
    /// <summary>Looking around: quotas, regions, lists.</summary>
    Recon,

    /// <summary>Trying out what is allowed, without effect: dry runs, refused calls.</summary>
    PermissionProbing,

    /// <summary>Making compute that costs money.</summary>
    Provisioning,

    /// <summary>Making ways back in: users, keys, roles, public functions.</summary>
    Persistence,

    /// <summary>Hindering responders: termination protection, trails and detectors switched off.</summary>
    Obstruction,

    /// <summary>Something this actor has never done before.</summary>
    Novelty,

    /// <summary>Another detector's finding: GuardDuty, AWS Health, AWS's own quarantine.</summary>
    ExternalFinding,
}
