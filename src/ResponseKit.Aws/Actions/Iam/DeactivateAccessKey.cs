using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Deactivates one access key and leaves its user otherwise alone: for a key that an actor made for a user who is not his.</summary>
public sealed class DeactivateAccessKey : IResponseAction
{
    private const string AnyUser = "arn:{partition}:iam::{account}:user/*";

    private static readonly Permission List = new("iam:ListAccessKeys", AnyUser);
    private static readonly Permission Update = new("iam:UpdateAccessKey", AnyUser);

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.deactivate-access-key",
        Title = "Deactivate an access key",
        Summary = "Makes one access key of an IAM user inactive. The user's other keys, password and permissions stay as they are.",
        Target = ResourceKind.AccessKey,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Created(ResourceKind.AccessKey)],
        BlastRadius = "Calls signed with this key fail. Sessions made from it before go on until they expire, up to 36 hours: contain the user to "
            + "end them.",
        Reversibility = new Reversibility.Reversible(),
        Permissions = new ActionPermissions(Plan: [List], Apply: [List, Update], Revert: [List, Update]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await FindAsync(run, cancellationToken) is { } key)
            await run.BringAboutAsync([key], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await FindAsync(run, cancellationToken) is { } key)
            run.Check([key]);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (Split(run) is not { } names)
            return;
        foreach (var done in receipt.Changes())
            await new UserCredentials(run, names.User).UndoAsync(CredentialKind.AccessKey, done, cancellationToken);
    }

    private static async Task<Wanted?> FindAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Split(run) is not { } names)
            return null;
        var keys = await run.ReadAsync(
            CredentialKind.AccessKey.ListCall, $"access keys of user {names.User}", [],
            token => CredentialKind.AccessKey.ListAsync(run.Aws.Iam(run.Region), names.User, token), cancellationToken);
        if (keys is null)
            return null;
        if (keys.FirstOrDefault(key => key.Id == names.Key) is { } found)
            return new UserCredentials(run, names.User).Deactivation(CredentialKind.AccessKey, found.Id, found.Status);
        run.NotFound(
            new Step($"access-key/{names.Key}", "iam:ListAccessKeys", $"access key {names.Key} of user {names.User}", $"Look for access key {names.Key} of user {names.User}"),
            $"user {names.User} has no access key {names.Key} in account {run.Request.Account}. Check both names; the key may have been deleted, or the user renamed: "
            + $"aws iam get-access-key-last-used --access-key-id {names.Key}.");
        return null;
    }

    private static (string User, string Key)? Split(ActionRun run)
    {
        var name = run.Target.Name;
        var slash = name.LastIndexOf('/');
        if (slash > 0 && slash < name.Length - 1)
            return (name[(name.LastIndexOf('/', slash - 1) + 1)..slash], name[(slash + 1)..]);
        run.Broken(
            new Step("target", "-", name, "Read the target"), "InvalidTarget",
            "The target must be a user's name, a slash and the key's id, such as ci-bot/AKIAIOSFODNN7EXAMPLE. Nothing was changed.");
        return null;
    }
}
