using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Aws.Accounts;

/// <summary>Keeps ResponseKit from judging and containing itself.</summary>
public static class OwnRole
{
    /// <summary>
    /// The policy with the responder role among ResponseKit's own roles, by kind, path and name: what it does comes back as CloudTrail records.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="role">The role by which accounts are entered.</param>
    /// <param name="region">A region of the deployment, which tells the partition.</param>
    /// <param name="account">
    /// The account that is watched. Null for an organization, whose accounts nobody lists: then it is the account that a record comes from, to which the
    /// deployment brings the role together with the rules that send records. See docs/decisions/0025.
    /// </param>
    public static ResponsePolicy WithOwnRole(this ResponsePolicy policy, ResponderRole role, string region, string? account)
    {
        var own = ArnPattern.Parse(role.ArnIn(Arn.PartitionOf(region), account ?? "*"));
        return policy with { Guards = policy.Guards with { ResponsekitRoles = [.. policy.Guards.ResponsekitRoles.Append(own).Distinct()] } };
    }
}
