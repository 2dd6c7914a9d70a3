using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Takes everything away from an IAM user. The deny stands on the user itself, so that it also binds temporary credentials that were made
/// from a key before the key was deactivated: permissions are looked up at every call. IAM User Guide, "Permissions for GetSessionToken".
/// </summary>
public sealed class ContainUser : IResponseAction
{
    private const string AnyUser = "arn:{partition}:iam::{account}:user/*";

    private static readonly string[] Reads =
    [
        "iam:GetUser", "iam:GetAccessKeyLastUsed", "iam:ListAttachedUserPolicies", "iam:GetUserPolicy", "iam:ListAccessKeys", "iam:ListServiceSpecificCredentials",
        "iam:ListSSHPublicKeys", "iam:ListSigningCertificates", "iam:GetLoginProfile",
    ];

    private static readonly string[] RevertReads =
    [
        "iam:GetUser", "iam:GetAccessKeyLastUsed", "iam:GetUserPolicy", "iam:ListAccessKeys", "iam:ListServiceSpecificCredentials", "iam:ListSSHPublicKeys", "iam:ListSigningCertificates",
        "iam:GetLoginProfile",
    ];

    private static readonly string[] Updates =
    [
        "iam:UpdateAccessKey", "iam:UpdateServiceSpecificCredential", "iam:UpdateSSHPublicKey", "iam:UpdateSigningCertificate",
    ];

    // The call has no resource types (Service Authorization Reference, AWS Identity and Access Management).
    private static readonly Permission ListUsers = new("iam:ListUsers");

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.contain-user",
        Title = "Contain an IAM user",
        Summary = "Deactivates the access key named in the event and denies the user everything, both at once and before anything else; then "
            + "deactivates all other keys, service-specific credentials, SSH keys and signing certificates, and deletes the console password. Looks "
            + "again at the end and repeats what was undone meanwhile. A user that was renamed is found by the key or the unique id.",
        Target = ResourceKind.IamUser,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Actor(ResourceKind.IamUser), ActionTrigger.Created(ResourceKind.IamUser)],
        BlastRadius = "Whatever works with this user's keys, password or sessions stops at once, everywhere, until it is reverted. Running "
            + "resources go on. A deleted password cannot be put back: after a revert its owner needs a new one.",
        Reversibility = new Reversibility.Reversible(),
        Options =
        [
            new ActionOption(
                UserSearch.KeyOption, "The id of an access key of the user",
                "Is deactivated first, before the user's keys are listed. It is taken to have been active: name only a key that was seen in use."),
            AuthorshipOptions.UniqueId,
        ],
        Permissions = new ActionPermissions(
            Plan: [.. Reads.Append("iam:ListUserPolicies").Select(OnUsers), ListUsers],
            Apply:
            [
                .. Reads.Concat(Updates).Append("iam:PutUserPolicy").Append("iam:DeleteLoginProfile").Select(OnUsers),
                .. DenyLadder.Permissions("User", AnyUser, isRevert: false), ListUsers,
            ],
            Revert:
            [
                .. Updates.Concat(RevertReads).Append("iam:PutUserPolicy").Append("iam:DeleteUserPolicy").Select(OnUsers),
                .. DenyLadder.Permissions("User", AnyUser, isRevert: true), ListUsers,
            ]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var search = UserSearch.Of(run);
        // Without an id nothing is to be learnt that could keep us from it. With one, the user is read first, for the name may be somebody else's by now; the key is not.
        // In a later round the deny may stand: assuming that it does not would have undo take off what an earlier round put on.
        var isFirst = run.Changes && run.Request.Round == 1;
        var named = new DenyLadder(run, new UserPrincipal(run, run.Target.Name));
        var struck = isFirst && !search.HasId && await StrikeAsync(run, named, cancellationToken);
        var deactivates = isFirst && search.HasId ? DeactivateNamedKeyAsync(run, cancellationToken) : Task.FromResult(false);
        // Of whoever has the name, read beside the look whose it is: each answer is a round trip in which the actor goes on.
        var reads = isFirst && search.HasId ? named.StateAsync(facts: null, cancellationToken) : null;
        var found = await search.FindAsync(cancellationToken);
        var state = reads is null ? null : await reads;
        if (found is null)
        {
            await deactivates;
            return;
        }

        var deny = new DenyLadder(run, found.Principal);
        var isNamed = found.Principal.Name == run.Target.Name;
        var swept = await SweepAsync(run, found, deny, isNamed && state is not null ? state with { Facts = found.Facts } : null, deactivates, cancellationToken);
        struck |= await deactivates;
        // IAM takes seconds to spread a change, and an actor with administrator rights uses them to undo what they see.
        if (run.Changes && (struck || swept))
            await SweepAsync(run, found with { Facts = await deny.FactsAsync(cancellationToken) }, deny, known: null, deactivates, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await UserSearch.Of(run).FindAsync(cancellationToken) is not { } found)
            return;
        var deny = new DenyLadder(run, found.Principal);
        deny.Check(await deny.StateAsync(found.Facts, cancellationToken));
        run.Check(await new UserCredentials(run, found.Principal.Name).AllAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        if (!receipt.Changes().Any() || await UserSearch.Of(run, receipt).FindAsync(cancellationToken, isUndoing: true) is not { Principal: var principal })
            return;
        var deny = new DenyLadder(run, principal);
        var credentials = new UserCredentials(run, principal.Name);
        foreach (var done in receipt.Changes())
        {
            if (done.Kind() == "deny")
                await deny.UndoAsync(done, cancellationToken);
            else if (CredentialKind.All.FirstOrDefault(kind => kind.Prefix == done.Kind()) is { } kind)
                await credentials.UndoAsync(kind, done, cancellationToken);
            else
                await credentials.UndoPasswordAsync(done, cancellationToken);
        }
    }

    // The key and the deny, at the same time and without a look first. A run that goes on from an earlier one looks first instead,
    // so that asking twice changes nothing.
    private static async Task<bool> StrikeAsync(ActionRun run, DenyLadder deny, CancellationToken cancellationToken)
    {
        var isDenied = run.Steps.Any(step => step.Kind() == "deny");
        // One receipt for both, instead of one after the other.
        await run.AnnounceAsync([.. isDenied ? [] : new[] { deny.FirstRung }, .. NamedKey(run) is { } key ? new[] { key.Step } : []], cancellationToken);
        var denied = isDenied ? Task.FromResult(false) : deny.ClimbAsync(known: null, cancellationToken);
        var deactivated = DeactivateNamedKeyAsync(run, cancellationToken);
        await Task.WhenAll(denied, deactivated);
        return await denied || await deactivated;
    }

    private static async Task<bool> DeactivateNamedKeyAsync(ActionRun run, CancellationToken cancellationToken) =>
        NamedKey(run) is { } wanted && (await run.StepAsync(wanted.Step, wanted.Call, cancellationToken)).Outcome is StepOutcome.Applied;

    // Keys that begin with ASIA are temporary; only the deny on the user ends them.
    private static Wanted? NamedKey(ActionRun run)
    {
        if (run.Option(UserSearch.KeyOption) is not { Length: > 0 } id || id.StartsWith("ASIA", StringComparison.Ordinal))
            return null;
        var wanted = new UserCredentials(run, run.Target.Name).Deactivation(CredentialKind.AccessKey, id, status: null);
        return run.Earlier?.Steps.Any(step => step.Key == wanted.Step.Key) == true ? null : wanted;
    }

    private static async Task<bool> SweepAsync(
        ActionRun run, FoundUser found, DenyLadder deny, DenyState? known, Task<bool> deactivates, CancellationToken cancellationToken)
    {
        if (found.Facts == PrincipalFacts.Gone)
            return await deactivates;
        var denied = await deny.BringAboutAsync(known ?? await deny.StateAsync(found.Facts, cancellationToken), cancellationToken);
        // Before the keys are listed, or the named one would look active still.
        await deactivates;
        var credentials = await new UserCredentials(run, found.Principal.Name).AllAsync(cancellationToken);
        return await run.BringAboutAsync(credentials, cancellationToken) || denied;
    }

    private static Permission OnUsers(string action) => new(action, AnyUser);
}
