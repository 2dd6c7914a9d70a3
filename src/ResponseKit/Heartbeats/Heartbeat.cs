using ResponseKit.Actors;
using ResponseKit.Records;
using ResponseKit.Text;

namespace ResponseKit.Heartbeats;

/// <summary>
/// A call of ResponseKit's own that must come back as evidence does: from CloudTrail by the rules and the bus to triage. It is a dry run, so it changes nothing
/// and costs nothing, and a write, so that plain rules deliver it. A number that was drawn for it stands in the session's name, which CloudTrail writes down
/// whatever becomes of the call, and which only whoever may assume the responder role can choose.
/// </summary>
/// <param name="Account">The account in which it was made.</param>
/// <param name="Region">The region.</param>
/// <param name="Nonce">The number.</param>
public sealed record Heartbeat(string Account, string Region, string Nonce)
{
    /// <summary>The session's name before <c>@</c>; the nonce stands behind it.</summary>
    public const string Session = "heartbeat";

    /// <summary>The call, of EC2's.</summary>
    public const string Operation = "CreateTags";

    /// <summary>On what it is tried out: a resource that cannot exist.</summary>
    public const string Resource = "dopt-0a0b0c0d0e0f0a0b0";

    private static readonly Charset Number = new(Charset.Digits + "abcdef", 32, 32);

    /// <summary>The heartbeat that a record is of; null for any other.</summary>
    /// <param name="record">The record.</param>
    /// <param name="responderRole">The name of the responder role, with its path where it has one.</param>
    public static Heartbeat? In(CloudTrailRecord record, string responderRole)
    {
        if (!record.Is(EventSources.Ec2, Operation) || record.Actor is not Actor.Role role || role.Account != record.Account)
            return null;
        if ($"{role.Path}{role.Name}".TrimStart('/') != responderRole.TrimStart('/'))
            return null;
        return record.Identity["arn"].Text is { } arn && arn[(arn.LastIndexOf('/') + 1)..].Split('@') is [Session, var nonce] && Number.Fits(nonce)
            ? new(record.Account, record.Region, nonce)
            : null;
    }
}
