using ResponseKit.Actors;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Deletes the console password that the actor gave to a user who had none and is not theirs, and leaves the user otherwise alone.</summary>
public sealed class RemovePassword : IResponseAction
{
    private const string AnyUser = "arn:{partition}:iam::{account}:user/*";

    private static readonly Permission[] Reads = [new("iam:GetLoginProfile", AnyUser), new("iam:GetUser", AnyUser), IamHistory.Permission];

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.remove-password",
        Title = "Remove a console password of a user",
        Summary = "Deletes the console password of an IAM user, if IAM says that it was made by the call of the incident and CloudTrail that nobody else has set it "
            + "since. The user's keys and permissions stay as they are.",
        Target = ResourceKind.LoginProfile,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Created(ResourceKind.LoginProfile)],
        BlastRadius = "Nobody can sign in to the console as this user until they are given a new password. Console sessions that were opened with it go on until "
            + "they expire, up to 12 hours: contain the user to end them.",
        Reversibility = new Reversibility.Irreversible(
            "IAM can only delete a password, not disable it. The user had none before the incident; whoever needs one is given a new one."),
        Options = AuthorshipOptions.Container,
        Permissions = new ActionPermissions(Plan: [.. Reads], Apply: [.. Reads, new("iam:DeleteLoginProfile", AnyUser)], Revert: [new("iam:GetLoginProfile", AnyUser)]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await FindAsync(run, cancellationToken) is not { } found)
            return;
        if (found.Origin is Origin.Theirs)
            await run.BringAboutAsync([found.Deletion], cancellationToken);
        else
            run.Hold(found.Deletion.Step, found.Deletion.Step.Resource, found.Origin, Holding.Vouch(run, Descriptor.Id));
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await FindAsync(run, cancellationToken) is { Origin: Origin.Theirs } found)
            run.Check([found.Deletion]);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var done in receipt.Changes())
            await new UserCredentials(run, run.Target.Name).UndoPasswordAsync(done, cancellationToken);
    }

    private static async Task<Found?> FindAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim)
            return null;
        var user = run.Target.Name;
        if (await new UserCredentials(run, user).PasswordAsync(cancellationToken) is not { } password)
            return null;
        if (password.Deletion is null && await OtherNameAsync(run, user, cancellationToken) is { } other)
        {
            user = other;
            password = await new UserCredentials(run, user).PasswordAsync(cancellationToken);
        }

        return password?.Deletion is { } deletion ? new Found(deletion, await OriginAsync(run, user, password.Made, claim, cancellationToken)) : null;
    }

    // Null, and said so, where nobody is left who could sign in.
    private static async Task<string?> OtherNameAsync(ActionRun run, string user, CancellationToken cancellationToken)
    {
        var step = new Step("login-profile", "iam:GetLoginProfile", $"password of user {user}", $"Look for the password of user {user}");
        if (await new IamHistory(run).NamesAfterAsync(user, cancellationToken) is [.., var latest])
            return latest;
        var named = await run.ReadAsync("iam:GetUser", $"user {user}", PrincipalFacts.Gone, new UserPrincipal(run, user).GetAsync, cancellationToken);
        if (named == PrincipalFacts.Gone)
        {
            run.NotFound(
                step, $"there is no user {user} in account {run.Request.Account}, and no record tells of another name of theirs. They were deleted, or renamed a moment "
                + "ago: aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateUser.");
        }
        else if (named is not null)
            run.AlreadyInPlace(step);
        return null;
    }

    private static async Task<Origin> OriginAsync(ActionRun run, string user, DateTimeOffset? made, Claim claim, CancellationToken cancellationToken)
    {
        var origin = claim.OfTarget(made, "made");
        if (claim.Vouched || claim.Since is not { } since || origin is not Origin.Theirs)
            return origin;
        // Deleted and made anew, it is another password with another owner.
        if (made > since + Authorship.Skew)
            return new Origin.Unproven($"it was made {Authorship.Text(made.Value)}, after the record of {Authorship.Text(since)}: somebody has made it anew");
        var history = new IamHistory(run);
        foreach (var call in new[] { "UpdateLoginProfile", "ChangePassword" })
        {
            // The user is the caller where the request names none: of ChangePassword, always.
            var set = await history.OfAsync(
                call, record => (record.Request["userName"].Text ?? (record.Actor as Actor.User)?.Name) == user, since - Authorship.Skew, _ => false, cancellationToken);
            if (set is null)
                return new Origin.Unproven("CloudTrail's event history, which tells whether somebody else has set it since, could not be read");
            if (set.FirstOrDefault(record => !IamHistory.IsBy(record, claim)) is { } other)
                return new Origin.Unproven($"{other.Actor.Key}, who is not among those who acted, has set it anew {Authorship.Text(other.Time)}");
        }

        return origin;
    }

    private sealed record Found(Wanted Deletion, Origin Origin);
}
