using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>Whether somebody may approve what a response asks.</summary>
public static class Approver
{
    /// <summary>
    /// The user or role that an ARN of <c>sts:GetCallerIdentity</c> is of; null for the root user, federated users and whatever else. A session's ARN names its role without
    /// the path, which is then not known (IAM JSON policy elements reference, "Principal").
    /// </summary>
    public static ResourceRef? PrincipalOf(string callerArn)
    {
        if (!Arn.TryParse(callerArn, out var arn) || !AccountId.IsValid(arn.Account) || arn.Region.Length > 0)
            return null;
        var parts = arn.Resource.Split('/');
        return (arn.Service, parts[0]) switch
        {
            ("sts", "assumed-role") when parts.Length == 3 && parts[1].Length > 0 => new ResourceRef(ResourceKind.IamRole, arn.Account, "", parts[1], arn.Partition),
            ("iam", "user") when parts.Length >= 2 && parts[^1].Length > 0 =>
                new ResourceRef(ResourceKind.IamUser, arn.Account, "", parts[^1], arn.Partition) { Path = parts.Length == 2 ? "/" : $"/{string.Join('/', parts[1..^1])}/" },
            _ => null,
        };
    }

    /// <summary>Why a caller may not approve in an incident; null when they may.</summary>
    /// <param name="callerArn">Who it is, as AWS says.</param>
    /// <param name="incident">The incident with its case.</param>
    /// <param name="guards">Who may approve, and ResponseKit's own parts.</param>
    public static string? ReasonAgainst(string callerArn, Incident incident, GuardSettings guards)
    {
        if (PrincipalOf(callerArn) is not { } caller)
            return $"{callerArn} is neither a user nor a role's session, and cannot approve.";
        if (guards.IsOwnPart(caller) || guards.ResponsekitRoles.Any(own => own.MayMean(caller)))
            return $"{callerArn} is ResponseKit's own role, and cannot approve.";
        if (Involved(incident).Any(one => Same(one, caller)))
            return $"{callerArn} is the actor of this incident, or was made or used in it, and cannot approve what is to be done about it.";
        if (guards.Approvers.IsEmpty)
            return "The policy file names nobody under guards.approvers, so nobody can prove to be one. Name them and deploy; until then it can only be rejected.";
        return guards.Approvers.Any(approver => approver.MayMean(caller)) ? null : $"{callerArn} is not among guards.approvers in the policy file.";
    }

    private static IEnumerable<ResourceRef> Involved(Incident incident) =>
        incident.Case.Actors.Append(incident.Root).Select(ActorResource.Of).OfType<ResourceRef>()
            .Concat(incident.Case.Lineage.Select(entry => entry.Resource));

    // A name is a principal's in an account whatever its path, and in any case (IAM User Guide, "IAM and AWS STS quotas"). A credential is its user's.
    private static bool Same(ResourceRef involved, ResourceRef caller)
    {
        if (involved.Account != caller.Account || involved.Partition != caller.Partition)
            return false;
        if (caller.Kind == ResourceKind.IamUser && OwnerOf(involved) is { } owner)
            return owner.Equals(caller.Name, StringComparison.OrdinalIgnoreCase);
        return involved.Kind == caller.Kind && involved.Name.Equals(caller.Name, StringComparison.OrdinalIgnoreCase);
    }

    private static string? OwnerOf(ResourceRef involved) => (involved.Kind.Id, involved.Name.Split('/')) switch
    {
        ("iam-access-key", [.., var user, _]) => user,
        ("iam-credential", [.., var user, _, _]) => user,
        ("iam-login-profile", [.., var user]) => user,
        _ => null,
    };
}
