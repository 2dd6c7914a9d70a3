namespace ResponseKit.Response.Stores.Sealing;

/// <summary>What the seal of a stored item says. Only <see cref="Verified"/> may be acted on without a person (docs/decisions/0029).</summary>
public enum Authenticity
{
    /// <summary>ResponseKit wrote it, under this key of this table, and nobody has changed it since.</summary>
    Verified,

    /// <summary>It bears no seal: it was written before seals came, while the seal key could not be used, or by somebody else.</summary>
    Unsealed,

    /// <summary>It bears a seal that does not fit it: it was changed, moved or made up.</summary>
    Forged,

    /// <summary>Its seal is right, and this process has seen a later version of it: an old state was put back.</summary>
    RolledBack,

    /// <summary>The seal key cannot be used at this time, so nobody can tell.</summary>
    Unchecked,
}
