using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Revokes the sessions of an IAM role, and on demand denies the role everything. Revoking leaves the role to those who rightly use it: they get
/// new sessions. Who made the role himself can get new ones as well, so such a role is denied.
/// </summary>
public sealed class ContainRole : IResponseAction
{
    private const string AnyRole = "arn:{partition}:iam::{account}:role/*";

    private static readonly string[] Reads = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies"];

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.contain-role",
        Title = "Contain an IAM role",
        Summary = "Revokes every session of the role issued before a cut, by the inline policy that the console's \"Revoke sessions\" writes; "
            + "sessions issued after it work. A role without room for it gets the same as a managed policy of its own; where that is refused too, it is denied everything. "
            + "With denyAll, also denies the role everything, to new sessions too.",
        Target = ResourceKind.IamRole,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Actor(ResourceKind.IamRole), ActionTrigger.Created(ResourceKind.IamRole)],
        BlastRadius = "Everyone who uses the role has to get new credentials: instances, tasks and functions with this role fail until theirs are "
            + "renewed, which can take hours. With denyAll the role is of no use to anyone until it is reverted.",
        Reversibility = new Reversibility.Reversible(),
        Options = [RoleCut.Option, AuthorshipOptions.Acted, RoleCut.DenyAllOption, AuthorshipOptions.UniqueId],
        Permissions = new ActionPermissions(
            Plan: [.. Reads.Append("iam:ListRolePolicies").Select(OnRoles), .. ManagedRevocation.Reads],
            Apply:
            [
                .. Reads.Append("iam:PutRolePolicy").Select(OnRoles), .. DenyLadder.Permissions("Role", AnyRole, isRevert: false, ManagedRevocation.Any),
                .. ManagedRevocation.Permissions(isRevert: false),
            ],
            Revert:
            [
                OnRoles("iam:GetRole"), OnRoles("iam:GetRolePolicy"), OnRoles("iam:PutRolePolicy"), OnRoles("iam:DeleteRolePolicy"),
                .. DenyLadder.Permissions("Role", AnyRole, isRevert: true, ManagedRevocation.Any), .. ManagedRevocation.Permissions(isRevert: true),
            ]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var role = new RolePrincipal(run);
        var deny = new DenyLadder(run, role);
        if (RoleCut.Of(run) is not { } cut || await deny.FactsAsync(cancellationToken) is var facts && !IsOurs(run, facts))
            return;
        var step = new Step("role", "iam:GetRole", $"role {run.Target.Name}", $"Contain role {run.Target.Name}");
        // One that acted a moment ago and cannot be read is taken for the one: whoever keeps us from reading must not get away by that.
        if (!(facts is null && run.Option(AuthorshipOptions.Acted.Name) is not null) && !SamePrincipal.Is(run, facts, role.Title, step, run.Option(AuthorshipOptions.UniqueId.Name)))
            return;
        var changed = await SweepAsync(run, role, deny, facts, cut, cancellationToken);
        // What an actor with administrator rights takes off while IAM spreads the change is put on once more.
        if (run.Changes && changed)
            await SweepAsync(run, role, deny, facts, cut, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var role = new RolePrincipal(run);
        var deny = new DenyLadder(run, role);
        if (RoleCut.Of(run) is not { } cut || await deny.FactsAsync(cancellationToken) is var facts && !IsOurs(run, facts))
            return;
        if (cut.DenyAll)
            deny.Check(await deny.StateAsync(facts, cancellationToken));
        // A role denied everything needs no revocation, for which it may have had no room.
        if (!deny.Holds)
            await new RevocationLadder(run, role, deny, facts, cut).CheckAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        var role = new RolePrincipal(run);
        var deny = new DenyLadder(run, role);
        // A role that was deleted and made anew is another one, which may have been contained for itself.
        var step = new Step("role", "iam:GetRole", $"role {run.Target.Name}", $"Give back role {run.Target.Name}");
        if (receipt.Options.GetValueOrDefault(AuthorshipOptions.UniqueId.Name) is { Length: > 0 } id && receipt.Changes().Any()
            && !SamePrincipal.Is(run, await deny.FactsAsync(cancellationToken), role.Title, step, id, "What stands on it belongs to another receipt."))
            return;
        foreach (var done in receipt.Changes())
        {
            if (done.Kind() == "deny")
                await deny.UndoAsync(done, cancellationToken);
            else
                await new RevocationLadder(run, role, deny, facts: null, cut: null).UndoAsync(done, cancellationToken);
        }
    }

    private static async Task<bool> SweepAsync(
        ActionRun run, RolePrincipal role, DenyLadder deny, PrincipalFacts? facts, RoleCut cut, CancellationToken cancellationToken)
    {
        var changed = cut.DenyAll && await deny.BringAboutAsync(await deny.StateAsync(facts, cancellationToken), cancellationToken);
        return await new RevocationLadder(run, role, deny, facts, cut).BringAboutAsync(cancellationToken) || changed;
    }

    private static bool IsOurs(ActionRun run, PrincipalFacts? facts)
    {
        var name = run.Target.Name;
        var step = new Step("role", "iam:GetRole", $"role {name}", $"Look at role {name}");
        if (facts == PrincipalFacts.Gone)
        {
            run.NotFound(
                step,
                $"there is no role {name} in account {run.Request.Account}. Check the name; if it was deleted, see by whom: "
                + "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=DeleteRole.");
            return false;
        }

        return RoleOwner.IsAccount(run, facts);
    }

    private static Permission OnRoles(string action) => new(action, AnyRole);
}
