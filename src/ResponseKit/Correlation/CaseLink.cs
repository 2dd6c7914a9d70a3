using System.Text.Json.Serialization;

namespace ResponseKit.Correlation;

/// <summary>
/// That somebody opened or made somebody else: a session, a user, a role, a key. It is a fact of the record. Whether what the child does is the
/// parent's doing is another question, which <see cref="Blame.Ties"/> answers.
/// </summary>
/// <param name="Child">An actor's key, an access key id, or a session's id (<c>AROA…:name</c>).</param>
/// <param name="Parent">The key of the actor who did it.</param>
/// <param name="Time">When.</param>
public sealed record CaseLink(string Child, string Parent, DateTimeOffset Time)
{
    /// <summary>What was opened or made.</summary>
    public LinkKind Kind { get; init; }

    /// <summary>The temporary access key with which the parent acted; null for a lasting one. It leads further than the parent: a role has many callers.</summary>
    public string? Via { get; init; }

    /// <summary>The id of the parent's session, for records that do not name the key.</summary>
    public string? ViaSession { get; init; }

    /// <summary>From where and with which program; null where a service made the call, or it was not recorded.</summary>
    public CallSource? From { get; init; }

    /// <summary>
    /// For whom: the role with the session's name and source identity, or the user who got a key. Null for a session of the parent's own, which is
    /// nobody else.
    /// </summary>
    public string? Subject { get; init; }

    /// <summary>Whom a role that was made trusts.</summary>
    public RoleTrust Trust { get; init; }

    /// <summary>By what the parent's deeds are found: the session, where it is known, else the actor.</summary>
    [JsonIgnore]
    public string Opener => Via ?? Parent;

    /// <summary>Whether this link counts rather than another of the same child and time: any fixed choice will do, as long as order makes no difference.</summary>
    public bool Replaces(CaseLink? other) =>
        other is null || (Time, Parent, Via ?? "", Subject ?? "").CompareTo((other.Time, other.Parent, other.Via ?? "", other.Subject ?? "")) > 0;
}
