using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Makes inactive one credential that the actor made on a user who is not theirs, or switched on again, and leaves the user otherwise alone.</summary>
public sealed class WithdrawCredential : IResponseAction
{
    private const string AnyUser = "arn:{partition}:iam::{account}:user/*";

    private static readonly Permission[] Reads =
    [
        .. CredentialKind.All.Select(kind => new Permission(kind.ListCall, AnyUser)), new("iam:GetAccessKeyLastUsed", AnyUser), IamHistory.Permission,
    ];

    private static readonly Permission[] Updates = [.. CredentialKind.All.Select(kind => new Permission(kind.UpdateCall, AnyUser))];

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.withdraw-credential",
        Title = "Withdraw one credential of a user",
        Summary = "Makes one access key, SSH public key, signing certificate or service-specific credential of an IAM user inactive, if IAM says that it was made "
            + "in the incident, or CloudTrail that it was inactive before. The user's other credentials, password and permissions stay as they are.",
        Target = ResourceKind.Credential,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Created(ResourceKind.Credential), ActionTrigger.Altered(ResourceKind.Credential)],
        BlastRadius = "Whoever uses this credential is refused. Sessions made from an access key before go on until they expire, up to 36 hours: contain the user "
            + "to end them.",
        Reversibility = new Reversibility.Reversible(),
        Options = AuthorshipOptions.Container,
        Permissions = new ActionPermissions(Plan: [.. Reads], Apply: [.. Reads, .. Updates], Revert: [.. Reads, .. Updates]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await FindAsync(run, cancellationToken) is not { } found)
            return;
        if (found.Wanted.IsInPlace)
        {
            run.Release(found.Wanted.Step);
            run.AlreadyInPlace(found.Wanted.Step);
            return;
        }

        var origin = await OriginAsync(run, found, cancellationToken);
        if (origin is Origin.Theirs)
        {
            run.Release(found.Wanted.Step);
            await run.BringAboutAsync([found.Wanted], cancellationToken);
        }
        else if (origin is not null)
            run.Hold(run.Apart(found.Wanted.Step), found.Wanted.Step.Resource, origin, Holding.Vouch(run, Descriptor.Id));
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await FindAsync(run, cancellationToken) is not { } found)
            return;
        // What was made inactive has to stay so, whoever switched it on since; what was held never was.
        var isOurs = run.Earlier?.Steps.Any(step => step.Key == found.Wanted.Step.Key && step.Outcome.MayHaveChanged) == true;
        if (found.Wanted.IsInPlace || isOurs || await OriginAsync(run, found, cancellationToken) is Origin.Theirs)
            run.Check([found.Wanted]);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (!receipt.Changes().Any() || Named.Of(run) is not { } named)
            return;
        var owner = await new CredentialOwner(run, named.Kind, named.Id).FindAsync(named.User, cancellationToken);
        foreach (var done in receipt.Changes())
            await new UserCredentials(run, owner?.User ?? named.User).UndoAsync(named.Kind, done, cancellationToken);
    }

    private static async Task<Found?> FindAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Named.Of(run) is not { } named || Claim.Of(run) is not { } claim)
            return null;
        if (await new CredentialOwner(run, named.Kind, named.Id).FindAsync(named.User, cancellationToken) is not { } owner)
            return null;
        if (owner.Credential is { } credential)
            return new Found(named.Kind, credential, claim, new UserCredentials(run, owner.User).Deactivation(named.Kind, credential.Id, credential.Status));
        run.NotFound(
            new Step($"{named.Kind.Prefix}/{named.Id}", named.Kind.ListCall, $"{named.Kind.Noun} {named.Id} of user {named.User}", $"Look for {named.Kind.Noun} {named.Id} of user {named.User}"),
            $"user {named.User} has no {named.Kind.Noun} {named.Id} in account {run.Request.Account}, and no record tells of another name of theirs. It may have been "
            + "deleted, or the user renamed a moment ago: aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=UpdateUser.");
        return null;
    }

    // What was made is judged by when. Of what was only switched on, IAM does not tell whether it had been off: setting what is active active changes nothing.
    private static async Task<Origin?> OriginAsync(ActionRun run, Found found, CancellationToken cancellationToken)
    {
        var (claim, kind) = (found.Claim, found.Kind);
        if (claim.Vouched || claim.Since is not null || claim.Begins is not { } begins)
            return claim.OfTarget(found.Credential.Made, "made");
        var set = await new IamHistory(run).OfAsync(
            kind.UpdateCall["iam:".Length..], record => record.Request[kind.IdField].Text == found.Credential.Id, since: null, record => record.Time < begins, cancellationToken);
        if (set is null)
            return new Origin.Unproven("CloudTrail's event history, which tells whether it had been inactive, could not be read");
        if (set.FirstOrDefault(record => record.Time >= begins && !IamHistory.IsBy(record, claim)) is { } other)
            return new Origin.Earlier($"{other.Actor.Key} set it {Status(other)} {Authorship.Text(other.Time)}, who is not among those who acted");
        return set.FirstOrDefault(record => record.Time < begins) switch
        {
            null => new Origin.Unproven(
                "no record of the last 90 days says that it had been inactive before the incident, and setting an active one active changes nothing"),
            { } last when Status(last) == "Inactive" => new Origin.Theirs($"it had been inactive since {Authorship.Text(last.Time)}"),
            { } last => new Origin.Earlier($"it had been active since {Authorship.Text(last.Time)}"),
        };
    }

    private static string Status(CloudTrailRecord record) => record.Request["status"].Text ?? "(not recorded)";

    private sealed record Found(CredentialKind Kind, Credential Credential, Claim Claim, Wanted Wanted);

    private sealed record Named(string User, CredentialKind Kind, string Id)
    {
        public static Named? Of(ActionRun run)
        {
            if (run.Target.Name.Split('/') is [.., var user, var sort, var id] && user.Length > 0 && id.Length > 0
                && CredentialKind.All.FirstOrDefault(kind => kind.Prefix == sort) is { } kind)
                return new(user, kind, id);
            run.Broken(
                new Step("target", "-", run.Target.Name, "Read the target"), "InvalidTarget",
                $"The target must be a user's name, a slash, one of {string.Join(", ", CredentialKind.All.Select(each => each.Prefix))}, a slash and the id, such as "
                + "ci-bot/ssh-key/APKAIOSFODNN7EXAMPLE. Nothing was changed.");
            return null;
        }
    }
}
