using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Brakes an IAM user: for an hour it makes no compute, opens no way back in and blinds nobody. Its keys and sessions go on working for everything else. The policy
/// binds temporary credentials made from the user's keys as well, whose permissions are the user's own.
/// </summary>
public sealed class BrakeUser : IResponseAction
{
    private const string AnyUser = "arn:{partition}:iam::{account}:user/*";

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.brake-user",
        Title = "Brake an IAM user",
        Summary = "For an hour, denies the user what makes or enlarges compute, opens a way back in, takes data out or blinds those who watch: by an inline policy, or a "
            + "managed one where there is no room. It ends by itself.",
        Target = ResourceKind.IamUser,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Braked(ResourceKind.IamUser)],
        BlastRadius = "Until it ends, the user starts, makes and enlarges nothing that costs, gives nobody rights or credentials, and switches no detector off. Reading, deleting "
            + "and stopping go on working, and so does whatever runs. Setting a group or service to a smaller size is refused too: nothing tells it from enlarging.",
        Reversibility = new Reversibility.Reversible(),
        Options = [BrakeTerm.Until, AuthorshipOptions.UniqueId],
        Permissions = new ActionPermissions(
            Plan: [.. BrakeLadder.Reads("User", AnyUser), new("iam:ListUserPolicies", AnyUser)],
            Apply: [.. BrakeLadder.Reads("User", AnyUser), .. BrakeLadder.Writes("User", AnyUser)],
            Revert: [.. BrakeLadder.Reverts("User", AnyUser)]),
    };

    /// <inheritdoc/>
    public Task ApplyAsync(ActionRun run, CancellationToken cancellationToken) =>
        Braking.ApplyAsync(run, new UserPrincipal(run), _ => true, cancellationToken);

    /// <inheritdoc/>
    public Task VerifyAsync(ActionRun run, CancellationToken cancellationToken) =>
        Braking.VerifyAsync(run, new UserPrincipal(run), _ => true, cancellationToken);

    /// <inheritdoc/>
    public Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken) =>
        Braking.RevertAsync(run, new UserPrincipal(run), receipt, cancellationToken);
}
