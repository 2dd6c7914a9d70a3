using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Brakes an IAM role, or some of its sessions: for an hour they make no compute, open no way back in and blind nobody.</summary>
public sealed class BrakeRole : IResponseAction
{
    private const string AnyRole = "arn:{partition}:iam::{account}:role/*";

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.brake-role",
        Title = "Brake an IAM role",
        Summary = "For an hour, denies the role, or only the sessions that are named, what makes or enlarges compute, opens a way back in, takes data out or blinds those who "
            + "watch: by an inline policy, or a managed one where there is no room. It ends by itself.",
        Target = ResourceKind.IamRole,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Braked(ResourceKind.IamRole)],
        BlastRadius = "Until it ends, whoever uses the role starts, makes and enlarges nothing that costs, gives nobody rights or credentials, and switches no detector off. Reading, "
            + "deleting and stopping go on working, and so does whatever runs. Setting a group or service to a smaller size is refused too: nothing tells it from enlarging.",
        Reversibility = new Reversibility.Reversible(),
        Options = [BrakeTerm.Until, BrakeTerm.Sessions, AuthorshipOptions.UniqueId],
        Permissions = new ActionPermissions(
            Plan: [.. BrakeLadder.Reads("Role", AnyRole), new("iam:ListRolePolicies", AnyRole)],
            Apply: [.. BrakeLadder.Reads("Role", AnyRole), .. BrakeLadder.Writes("Role", AnyRole)],
            Revert: [.. BrakeLadder.Reverts("Role", AnyRole)]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var role = new RolePrincipal(run);
        if (Braking.TermToApply(run, role) is { } term)
            await Braking.ApplyAsync(run, role, term, facts => RoleOwner.IsAccount(run, facts), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var role = new RolePrincipal(run);
        if (Braking.TermToVerify(run, role) is { } term)
            await Braking.VerifyAsync(run, role, term, facts => RoleOwner.IsAccount(run, facts), cancellationToken);
    }

    /// <inheritdoc/>
    public Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken) =>
        Braking.RevertAsync(run, new RolePrincipal(run), receipt, cancellationToken);
}
