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
        Options = [BrakeTerm.Until, UserSearch.Key, AuthorshipOptions.UniqueId],
        Permissions = new ActionPermissions(
            Plan: [.. BrakeLadder.Reads("User", AnyUser), new("iam:ListUserPolicies", AnyUser), .. UserSearch.Permissions(AnyUser)],
            Apply: [.. BrakeLadder.Reads("User", AnyUser), .. BrakeLadder.Writes("User", AnyUser), .. UserSearch.Permissions(AnyUser)],
            Revert: [.. BrakeLadder.Reverts("User", AnyUser), new("iam:GetUser", AnyUser), .. UserSearch.Permissions(AnyUser)]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Braking.TermToApply(run, new UserPrincipal(run, run.Target.Name)) is { } term && await UserSearch.Of(run).FindAsync(cancellationToken) is { } found)
            await Braking.ApplyAsync(run, found.Principal, term, _ => true, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Braking.TermToVerify(run, new UserPrincipal(run, run.Target.Name)) is { } term && await UserSearch.Of(run).FindAsync(cancellationToken) is { } found)
            await Braking.VerifyAsync(run, found.Principal, term, _ => true, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (await UserSearch.Of(run, receipt).FindAsync(cancellationToken, isUndoing: true) is { } found)
            await Braking.RevertAsync(run, found.Principal, receipt, cancellationToken);
    }
}
