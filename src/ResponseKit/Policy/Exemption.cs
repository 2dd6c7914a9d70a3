using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Policy;

/// <summary>
/// Whether a record's caller is one whom the policy file exempts. What cannot be proven is judged: the caller must be a session of the role, by the
/// session's issuer and not by its name, or the user with credentials of their own; and the path must be known, and fit with everything else.
/// </summary>
internal static class Exemption
{
    /// <summary>The first pattern that means the caller; null when none does. Costs next to nothing where there are no patterns.</summary>
    public static ArnPattern? Of(ImmutableArray<ArnPattern> patterns, CloudTrailRecord record)
    {
        if (patterns.IsEmpty || !IsProven(record))
            return null;
        foreach (var pattern in patterns)
        {
            if (IsMeant(record.Actor, pattern))
                return pattern;
        }

        return null;
    }

    /// <summary>
    /// Whether AWS vouches for the caller's identity. Whom a web identity asks to become, and whom a finding names, it does not
    /// (CloudTrail User Guide, "CloudTrail userIdentity element").
    /// </summary>
    public static bool IsProven(CloudTrailRecord record) => record.Actor switch
    {
        Actor.Role => record.Identity["type"].SharedText == "AssumedRole",
        Actor.User => record.Identity["type"].SharedText == "IAMUser",
        _ => false,
    };

    private static bool IsMeant(Actor actor, ArnPattern pattern) => actor switch
    {
        Actor.Role role => pattern.MeansPrincipal(ResourceKind.IamRole, role.Partition, role.Account, role.Path, role.Name),
        Actor.User user => pattern.MeansPrincipal(ResourceKind.IamUser, user.Partition, user.Account, user.Path, user.Name),
        _ => false,
    };
}
