namespace ResponseKit.Correlation;

/// <summary>
/// That somebody acts for somebody else: a user or role for its maker, the temporary key of a session for whoever opened it. What the
/// child does counts to the parent's case. Stores forget links after a while: a user made long ago is not his maker's doing any more.
/// </summary>
/// <param name="Child">An actor's key, or an access key id.</param>
/// <param name="Parent">The key of the actor responsible.</param>
/// <param name="Time">When it came to be.</param>
public sealed record CaseLink(string Child, string Parent, DateTimeOffset Time);
