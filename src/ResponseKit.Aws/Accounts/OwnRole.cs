using ResponseKit.Policy;

namespace ResponseKit.Aws.Accounts;

/// <summary>Keeps ResponseKit from judging and containing itself.</summary>
public static class OwnRole
{
    /// <summary>
    /// The policy with the responder role, in whatever account, among ResponseKit's own roles: what it does comes back as CloudTrail records.
    /// </summary>
    public static ResponsePolicy WithOwnRole(this ResponsePolicy policy, ResponderRole role)
    {
        var own = role.ArnIn("*", "*");
        return policy.Guards.ResponsekitRoles.Contains(own)
            ? policy
            : policy with { Guards = policy.Guards with { ResponsekitRoles = policy.Guards.ResponsekitRoles.Add(own) } };
    }
}
