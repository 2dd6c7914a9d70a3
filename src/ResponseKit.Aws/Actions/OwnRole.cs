using ResponseKit.Aws.Accounts;
using ResponseKit.Deployment;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Aws.Actions;

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

    /// <summary>The policy with the exact names of the deployment's functions and roles, which no request may name as its target.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="externalId">What a deployment sets for its responder roles: it holds the account of the functions.</param>
    /// <param name="account">The account that is watched, where it is one: it is that of the functions too.</param>
    public static ResponsePolicy WithOwnParts(this ResponsePolicy policy, string? externalId, string? account)
    {
        var prefix = DeployedNames.ExternalId("");
        var hub = externalId?.StartsWith(prefix, StringComparison.Ordinal) == true && AccountId.IsValid(externalId[prefix.Length..]) ? externalId[prefix.Length..] : account;
        var names = FunctionIds.All.Concat(ActionCatalogue.All.Select(action => action.Descriptor.Id)).Select(DeployedNames.Function)
            .Append(DeployedNames.ForwarderRole).Append(DeployedNames.StateMachineRole);
        return policy with { Guards = policy.Guards.WithOwnParts(hub, names) };
    }
}
