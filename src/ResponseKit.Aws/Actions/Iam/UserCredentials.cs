using System.Text.Json.Nodes;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>What a user signs in with: keys, certificates and the password.</summary>
internal sealed class UserCredentials(ActionRun run, string user)
{
    private readonly IAmazonIdentityManagementService iam = run.Aws.Iam(run.Region);

    /// <summary>Everything the user holds, wanted inactive.</summary>
    public async Task<IReadOnlyList<Wanted>> AllAsync(CancellationToken cancellationToken)
    {
        var kinds = CredentialKind.All.Select(kind => OfKindAsync(kind, cancellationToken)).ToList();
        var password = PasswordAsync(cancellationToken);
        var all = (await Task.WhenAll(kinds)).SelectMany(wanted => wanted).ToList();
        if (await password is { Deletion: { } deletion })
            all.Add(deletion);
        return all;
    }

    /// <summary>The user's credentials of one kind, wanted inactive.</summary>
    public async Task<IEnumerable<Wanted>> OfKindAsync(CredentialKind kind, CancellationToken cancellationToken)
    {
        var found = await run.ReadAsync(
            kind.ListCall, $"{kind.Noun}s of user {user}", [], token => kind.ListAsync(iam, user, token), cancellationToken);
        return (found ?? []).Select(credential => Deactivation(kind, credential.Id, credential.Status));
    }

    /// <summary>One credential, wanted inactive.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="status">Its status; null when it has not been read, and is taken to be active because it was used.</param>
    public Wanted Deactivation(CredentialKind kind, string id, StatusType? status)
    {
        var before = new JsonObject { ["status"] = (status ?? StatusType.Active).Value };
        if (status is null)
            before["assumed"] = true;
        var step = new Step($"{kind.Prefix}/{id}", kind.UpdateCall, $"{kind.Noun} {id} of user {user}", $"Deactivate {kind.Noun} {id} of user {user}")
        {
            Before = before,
            MeansInPlace = ["NoSuchEntity"],
        };
        return new Wanted(
            step, status is not null && status != StatusType.Active, $"It is {status}.",
            token => kind.UpdateAsync(iam, user, id, StatusType.Inactive, token));
    }

    /// <summary>Undoes one deactivation.</summary>
    public async Task UndoAsync(CredentialKind kind, StepReceipt done, CancellationToken cancellationToken)
    {
        var status = done.Before?["status"]?.GetValue<string>() ?? StatusType.Active.Value;
        var found = await run.ReadAsync(kind.ListCall, $"{kind.Noun}s of user {user}", [], token => kind.ListAsync(iam, user, token), cancellationToken);
        var standing = found?.FirstOrDefault(credential => credential.Id == done.Id());
        // One that is gone needs no undoing.
        var present = found is null ? Present.Unread
            : Present.Of(standing?.Status == StatusType.Inactive, standing is null || standing.Status == status, $"{kind.Noun} {done.Id()} of user {user} is {standing?.Status}.");
        await run.UndoAsync(
            done, present, kind.UpdateCall, $"Set {kind.Noun} {done.Id()} of user {user} back to {status}",
            token => kind.UpdateAsync(iam, user, done.Id(), status, token), cancellationToken);
    }

    /// <summary>Says of the password's deletion that it cannot be undone; or that it never was deleted, and still works.</summary>
    public async Task UndoPasswordAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        if (await PasswordAsync(cancellationToken) is not { } password)
            return;
        var created = done.Before?["created"]?.GetValue<string>();
        if (created is not null && password.Deletion?.Step.Before?["created"]?.GetValue<string>() == created)
            run.AlreadyInPlace(done.UndoneBy("iam:CreateLoginProfile", $"Leave the password of user {user}, which was never deleted and still works"));
        else
            run.LeaveAsIs(done, $"A deleted password cannot be put back. If the user is to have one: aws iam create-login-profile --user-name {user}");
    }

    /// <summary>
    /// The user's console password, wanted gone; null when it could not be read, which is recorded. IAM can only delete one, not disable it. Right after it was
    /// made it cannot be deleted for some seconds (IAM API Reference, DeleteLoginProfile: EntityTemporarilyUnmodifiable).
    /// </summary>
    public async Task<Password?> PasswordAsync(CancellationToken cancellationToken)
    {
        var none = new GetLoginProfileResponse();
        var found = await run.ReadAsync(
            "iam:GetLoginProfile", $"login profile of user {user}", none,
            token => iam.GetLoginProfileAsync(new GetLoginProfileRequest { UserName = user }, token), cancellationToken);
        if (found?.LoginProfile is not { } profile)
            return found is null ? null : new Password(null, null);
        var step = new Step("login-profile", "iam:DeleteLoginProfile", $"password of user {user}", $"Delete the password of user {user}")
        {
            Before = new JsonObject { ["created"] = profile.CreateDate?.ToString("O"), ["passwordResetRequired"] = profile.PasswordResetRequired },
            MeansInPlace = ["NoSuchEntity"],
        };
        var deletion = new Wanted(
            step, IsInPlace: false, "The user has a password.",
            token => run.WhileAsync(
                ["EntityTemporarilyUnmodifiable"],
                async again => (Amazon.Runtime.AmazonWebServiceResponse)await iam.DeleteLoginProfileAsync(
                    new DeleteLoginProfileRequest { UserName = user }, again),
                token));
        return new Password(deletion, Time.Of(profile.CreateDate));
    }
}

/// <summary>What IAM tells of a user's console password.</summary>
/// <param name="Deletion">Its deletion; null where the user has none, or there is no such user.</param>
/// <param name="Made">When it was made.</param>
internal sealed record Password(Wanted? Deletion, DateTimeOffset? Made);
