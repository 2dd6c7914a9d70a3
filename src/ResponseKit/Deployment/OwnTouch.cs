using ResponseKit.Records;

namespace ResponseKit.Deployment;

/// <summary>A call on one of ResponseKit's own parts.</summary>
/// <param name="Part">Which kind of part.</param>
/// <param name="Call">Which call.</param>
/// <param name="Name">What the record says it was called on.</param>
/// <param name="IsCertain">
/// Whether the part is known to be ours, and not only named so. Anybody may give a name: a decoy that an innocent job tidies away must not make it an intruder.
/// </param>
public sealed record OwnTouch(OwnPart Part, OwnCall Call, string Name, bool IsCertain)
{
    /// <summary>What the call means, as a deployment knows it: what only looks like ours is never decisive.</summary>
    public OwnHarm HarmOf(CloudTrailRecord record) => Call.HarmOf(record.Request) switch
    {
        OwnHarm.Breaks when !IsCertain => OwnHarm.Weakens,
        var harm => harm,
    };
}
