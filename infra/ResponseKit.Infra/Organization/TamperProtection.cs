using System.Collections.Immutable;
using ResponseKit.Deployment;

namespace ResponseKit.Infra.Organization;

/// <summary>
/// Keeps an administrator of a member account from taking ResponseKit out of it, and from undoing a containment faster than it is done: the only lock that
/// does not depend on who is faster.
/// </summary>
internal static class TamperProtection
{
    private static readonly ImmutableArray<string> RoleChanges = [.. OwnParts.All.Single(part => part.Id == "roles").Denied.Select(action => "iam:" + action)];

    // Sending events, invoking functions, reading, and setting the kill switch stay free.
    private static readonly ImmutableArray<string> PartChanges = Changes(part => !part.Resources.IsEmpty);

    private static readonly ImmutableArray<string> KeyChanges = Changes(part => part.Id == "keys");

    /// <summary>The policy.</summary>
    /// <param name="exempt">Whom it leaves out.</param>
    public static ServiceControlPolicy Policy(Exempt exempt) => new(
        DeployedNames.TamperPolicy, "Keeps everybody but its deployers from changing ResponseKit, and everybody but ResponseKit from lifting a quarantine.",
        [
            ("Parts", Exempt.Deny(PartChanges, Parts(exempt.Partition), [.. exempt.StackSets, .. exempt.HubDeployers, .. exempt.BreakGlass])),
            ("HubKey", Exempt.Deny(
                KeyChanges, ["*"],
                [.. exempt.HubDeployers, .. exempt.BreakGlass]).When("StringEquals", $"aws:ResourceTag/{DeployedNames.KeyTag}", "true")),
            // Without this, whoever may make roles could make himself one that the statements above leave out. StackSets makes it with a service-linked
            // role, which no policy of this kind binds. ResponseKit may contain them: their sessions are as strong as an administrator's.
            ("Deployers", Exempt.Deny(RoleChanges, [.. exempt.StackSets, .. exempt.HubDeployers], [exempt.HubDeployer, .. exempt.Responder, .. exempt.BreakGlass])),
            ("Quarantine", Exempt.Deny(["iam:DetachRolePolicy", "iam:DetachUserPolicy"], ["*"], [.. exempt.Responder, .. exempt.BreakGlass])
                .When("ArnEquals", "iam:PolicyARN", DenyAll(exempt.Partition))),
            ("QuarantineBoundary", Exempt.Deny(["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"], ["*"], [.. exempt.Responder, .. exempt.BreakGlass])
                .When("StringEquals", "iam:PermissionsBoundary", DenyAll(exempt.Partition))),
            ("Membership", Exempt.Deny(["organizations:LeaveOrganization"], ["*"])),
        ]);

    private static string DenyAll(string partition) => $"arn:{partition}:iam::aws:policy/AWSDenyAll";

    private static ImmutableArray<string> Changes(Func<OwnPart, bool> of) =>
        [.. OwnParts.All.Where(of).SelectMany(part => part.Denied.Select(action => $"{part.Service}:{action}")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // IAM's ARNs have no region, and buckets' neither that nor an account: a policy with a pattern there would match none of them.
    private static ImmutableArray<string> Parts(string partition) =>
    [
        .. from part in OwnParts.All
           from resource in part.Resources
           select $"arn:{partition}:{part.Service}:{(part.IsGlobal ? "" : "*")}:{(part.Service == "s3" ? "" : "*")}:{resource}",
    ];
}
