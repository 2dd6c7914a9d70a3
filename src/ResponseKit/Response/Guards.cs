using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>
/// Reasons not to act. Whom ResponseKit must leave alone binds everybody's requests, also to undo; mode, exempt accounts, caps and approvals bind only
/// what ResponseKit wants to do by itself, for a person's request is the approval.
/// </summary>
public static class Guards
{
    /// <summary>
    /// Judges the request. A plan is judged as if it were to be applied, so that it tells what would hold it back, except that the mode
    /// <see cref="ResponseMode.Observe"/> does not hold a plan. Verifying is always free.
    /// </summary>
    /// <param name="action">The action.</param>
    /// <param name="request">The request.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="automatic">Whether ResponseKit asks by itself, and not a person.</param>
    /// <param name="before">How many resources of this kind the incident's earlier requests destroy.</param>
    /// <param name="approved">What persons have allowed in the incident; nothing when it is null.</param>
    public static GuardVerdict Check(
        ActionDescriptor action, ActionRequest request, ResponsePolicy policy, bool automatic, int before = 0, ApprovedScope? approved = null)
    {
        if (request.Mode == ActionMode.Verify)
            return new GuardVerdict.Free();
        foreach (var target in request.Targets)
        {
            if (ReasonToLeaveAlone(target, policy.Guards) is { } reason)
                return new GuardVerdict.Held(reason);
            if (request.Mode != ActionMode.Revert && ReasonToKeep(action, target, policy.Guards) is { } evidence)
                return new GuardVerdict.Held(evidence);
        }

        return automatic && request.Mode != ActionMode.Revert ? CheckAutomatic(action, request, policy, before, approved ?? ApprovedScope.Nothing) : new GuardVerdict.Free();
    }

    /// <summary>How many resources of a kind one incident may destroy by itself.</summary>
    public static int Cap(ResourceKind kind, GuardSettings guards) =>
        kind == ResourceKind.Instance ? guards.MaxInstancesPerIncident : guards.MaxResourcesPerIncident;

    private static GuardVerdict CheckAutomatic(ActionDescriptor action, ActionRequest request, ResponsePolicy policy, int before, ApprovedScope approved)
    {
        if (policy.Guards.ExemptAccounts.Contains(request.Account))
            return new GuardVerdict.Held($"Account {request.Account} is exempt in the policy file. Send the same request yourself if it is to be done.");
        if (policy.Mode == ResponseMode.Observe && request.Mode == ActionMode.Apply)
            return new GuardVerdict.Held("The policy's mode is observe, so nothing is changed. Send the same request yourself if it is to be done.");
        if (approved.Covers(action.Id, request.Targets))
            return new GuardVerdict.Free();
        var cap = Cap(action.Target, policy.Guards);
        if (action.IsDestructive && before + request.Targets.Length > cap)
        {
            return new GuardVerdict.NeedsApproval(
                $"The incident would destroy more than {cap} resources of the kind {action.Target.Id}; make sure that they are the attacker's.");
        }

        if (policy.Guards.ApprovalFor.Contains(action.Id))
            return new GuardVerdict.NeedsApproval($"The policy file asks for a person's approval of {action.Id}.");
        return policy.Mode == ResponseMode.Approve && !approved.LiftsMode
            ? new GuardVerdict.NeedsApproval("The policy's mode is approve, so every change waits for a person.")
            : new GuardVerdict.Free();
    }

    // What is held as evidence is given back all the same, and a role or a user is no evidence that containing it would lose.
    private static string? ReasonToKeep(ActionDescriptor action, ResourceRef target, GuardSettings guards)
    {
        if (target.Kind == ResourceKind.Instance && guards.ForensicHolds.Contains(target.Name))
            return $"Instance {target.Name} is under a forensic hold. Take its id out of guards.forensicHolds in the policy file if it is to be ended or released.";
        return action.EndsTarget && guards.ForensicHolds.Contains(target.Account)
            ? $"Account {target.Account} is under a forensic hold, so nothing in it is destroyed. Take it out of guards.forensicHolds in the policy file if that is to end."
            : null;
    }

    /// <summary>Why nobody may act on it; null when it may be acted on.</summary>
    internal static string? ReasonToLeaveAlone(ResourceRef target, GuardSettings guards)
    {
        // What protects a role protects whom it trusts.
        if (target.Kind == ResourceKind.RoleTrust)
            target = target with { Kind = ResourceKind.IamRole };
        if (guards.IsOwnPart(target))
            return $"{target.Name} is a part of ResponseKit itself. If it is misused, deploy ResponseKit anew or remove it with CDK.";
        if (target.Kind != ResourceKind.IamUser && target.Kind != ResourceKind.IamRole)
            return null;
        if (guards.ResponsekitRoles.Any(pattern => pattern.MayMean(target)))
            return $"{target.Name} is ResponseKit's own role. If it is misused, disable what assumes it and deploy ResponseKit anew.";
        if (guards.ProtectedPrincipals.FirstOrDefault(pattern => pattern.MayMean(target)) is { } protection)
        {
            var path = target.Path is null ? " If it has another path than the pattern says, name its ARN with the path." : "";
            return $"{target.Name} is protected by '{protection}' in the policy file.{path} Take the pattern out of the file if it is to be contained.";
        }

        // By the path, which AWS keeps to itself. Where it is not known, the action asks the role itself.
        if (target.Kind == ResourceKind.IamRole && RolePath.IsServiceLinked(target.Path))
            return $"{target.Name} is a service-linked role, which only its service can change. Delete what the service runs for the attacker instead.";
        return target.Kind == ResourceKind.IamRole && RolePath.IsPermissionSet(target.Path)
            ? $"{target.Name} belongs to an Identity Center permission set and to everyone assigned to it. Contain the person in Identity Center instead."
            : null;
    }
}
