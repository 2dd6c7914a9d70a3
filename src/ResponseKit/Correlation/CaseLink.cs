namespace ResponseKit.Correlation;

/// <summary>
/// That somebody acts for somebody else: a user or role for its maker, the temporary key of a session for whoever opened it. What the
/// child does counts to the parent's case. Stores forget links after a while: a user made long ago is not his maker's doing any more.
/// </summary>
/// <param name="Child">An actor's key, or an access key id.</param>
/// <param name="Parent">The key of the actor responsible.</param>
/// <param name="Time">When it came to be.</param>
public sealed record CaseLink(string Child, string Parent, DateTimeOffset Time)
{
    /// <summary>
    /// The temporary access key with which the parent acted; null for a lasting one. Where it is known who opened that session, it leads further than
    /// the parent: a role has many callers.
    /// </summary>
    public string? Via { get; init; }

    /// <summary>The parent of a node: the session, if it is known whose it is, else the actor; null when the node acts for itself.</summary>
    /// <param name="node">An actor's key, or an access key id.</param>
    /// <param name="linkOf">The latest link of a node; null when there is none.</param>
    public static string? ParentOf(string node, Func<string, CaseLink?> linkOf) => linkOf(node) is not { } link
        ? null
        : link.Via is { } via && linkOf(via) is not null ? via : link.Parent;

    /// <summary>Whether this link counts rather than another of the same child: a child may be made anew by somebody else, and the latest counts.</summary>
    public bool Replaces(CaseLink? other) =>
        other is null || (Time, Parent, Via ?? "").CompareTo((other.Time, other.Parent, other.Via ?? "")) > 0;
}
