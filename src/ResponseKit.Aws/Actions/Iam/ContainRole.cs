using System.Text.Json.Nodes;
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
    private const string RevocationKey = "revoke-sessions";

    private static readonly string[] Reads = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies"];

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.contain-role",
        Title = "Contain an IAM role",
        Summary = "Revokes every session of the role issued before a cut, by the inline policy that the console's \"Revoke sessions\" writes; "
            + "sessions issued after it work. With denyAll, also denies the role everything, to new sessions too.",
        Target = ResourceKind.IamRole,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Actor(ResourceKind.IamRole), ActionTrigger.Created(ResourceKind.IamRole)],
        BlastRadius = "Everyone who uses the role has to get new credentials: instances, tasks and functions with this role fail until theirs are "
            + "renewed, which can take hours. With denyAll the role is of no use to anyone until it is reverted.",
        Reversibility = new Reversibility.Reversible(),
        Options = [RoleCut.Option, RoleCut.DenyAllOption, AuthorshipOptions.UniqueId],
        Permissions = new ActionPermissions(
            Plan: [.. Reads.Append("iam:ListRolePolicies").Select(OnRoles)],
            Apply:
            [
                .. Reads.Append("iam:PutRolePolicy").Select(OnRoles), .. DenyLadder.Permissions("Role", AnyRole, isRevert: false),
            ],
            Revert:
            [
                OnRoles("iam:GetRole"), OnRoles("iam:GetRolePolicy"), OnRoles("iam:PutRolePolicy"), OnRoles("iam:DeleteRolePolicy"),
                .. DenyLadder.Permissions("Role", AnyRole, isRevert: true),
            ]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var role = new RolePrincipal(run);
        var deny = new DenyLadder(run, role);
        if (RoleCut.Of(run) is not { } cut || await deny.FactsAsync(cancellationToken) is var facts && !IsOurs(run, facts))
            return;
        if (!SamePrincipal.Is(run, facts, $"role {run.Target.Name}", new Step("role", "iam:GetRole", $"role {run.Target.Name}", $"Contain role {run.Target.Name}")))
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
        if (!deny.Holds && await DocumentAsync(run, role, cancellationToken) is { } document)
            run.Check([Revocation(role, document, cut)]);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        var role = new RolePrincipal(run);
        var deny = new DenyLadder(run, role);
        foreach (var done in receipt.Changes())
        {
            if (done.Kind() == "deny")
                await deny.UndoAsync(done, cancellationToken);
            else if (done.Key == RevocationKey)
                await InlineDocument.UndoAsync(run, role, done, SessionRevocation.PolicyName, cancellationToken);
            else
                run.LeaveAsIs(done, "This action makes no such change.");
        }
    }

    private static async Task<bool> SweepAsync(
        ActionRun run, RolePrincipal role, DenyLadder deny, PrincipalFacts? facts, RoleCut cut, CancellationToken cancellationToken)
    {
        var changed = cut.DenyAll && await deny.BringAboutAsync(await deny.StateAsync(facts, cancellationToken), cancellationToken);
        // A policy that could not be read must not be overwritten unseen: undo would lose it.
        if (await DocumentAsync(run, role, cancellationToken) is { } document)
            changed |= await RevokeAsync(run, Revocation(role, document, cut), deny.Holds, cancellationToken);
        return changed;
    }

    private static async Task<bool> RevokeAsync(ActionRun run, Wanted revocation, bool isDenied, CancellationToken cancellationToken)
    {
        if (isDenied && OutcomeOf(run) is StepOutcome.Skipped)
            return false;
        var changed = await run.BringAboutAsync([revocation], cancellationToken);
        if (OutcomeOf(run) is not StepOutcome.Failed { Code: "LimitExceeded" } full)
            return changed;
        if (isDenied)
            run.Skip(revocation.Step, $"The role's inline policies leave no room ({full.Message.TrimEnd('.')}); the deny binds all sessions anyway.");
        else
            run.Broken(
                revocation.Step, full.Code,
                $"{full.Message.TrimEnd('.')}. Delete an inline policy of the role, or ask again with denyAll, which finds a way without room.");
        return false;
    }

    private static StepOutcome? OutcomeOf(ActionRun run) => run.Steps.FirstOrDefault(step => step.Key == RevocationKey)?.Outcome;

    private static Task<string?> DocumentAsync(ActionRun run, RolePrincipal role, CancellationToken cancellationToken) => run.ReadAsync(
        "iam:GetRolePolicy", $"policy {SessionRevocation.PolicyName} of {role.Title}", "",
        token => role.PolicyAsync(SessionRevocation.PolicyName, token), cancellationToken);

    private static Wanted Revocation(RolePrincipal role, string document, RoleCut cut)
    {
        var standing = SessionRevocation.CutIn(document);
        var isInPlace = standing >= cut.AtLeast;
        var at = SessionRevocation.Text(isInPlace ? standing!.Value : cut.At);
        var step = new Step(RevocationKey, "iam:PutRolePolicy", role.Title, $"Revoke the sessions of {role.Title} issued before {at}")
        {
            Before = new JsonObject { ["document"] = document.Length == 0 ? null : document, ["cut"] = at },
            After = InlineDocument.After(SessionRevocation.Document(cut.At)),
        };
        var found = standing is null
            ? "No session of the role is revoked."
            : $"Only sessions issued before {SessionRevocation.Text(standing.Value)} are revoked.";
        return new Wanted(
            step, isInPlace, found,
            token => role.PutPolicyAsync(SessionRevocation.PolicyName, SessionRevocation.Document(cut.At), token));
    }

    private static bool IsOurs(ActionRun run, PrincipalFacts? facts)
    {
        var name = run.Target.Name;
        var step = new Step("role", "iam:GetRole", $"role {name}", $"Look at role {name}");
        if (facts == PrincipalFacts.Gone)
        {
            run.AlreadyInPlace(step with
            {
                Summary = $"Role {name} does not exist in account {run.Request.Account}, so there is nothing to contain. "
                    + "Check the name if you expected it",
            });
            return false;
        }

        return RoleOwner.IsAccount(run, facts);
    }

    private static Permission OnRoles(string action) => new(action, AnyRole);
}
