using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Denies a principal everything. An actor can fill up what a principal may hold, so there are three rungs, each tried when AWS refuses the
/// one before: the managed policy AWSDenyAll (at most 10 to 20 attachments), an inline policy (2,048 characters a user in all, 10,240 a role),
/// and AWSDenyAll as permissions boundary, which knows no quota but does not bind what a resource's policy grants to a user directly.
/// IAM User Guide, "IAM and AWS STS quotas" and "Permissions boundaries for IAM entities".
/// </summary>
internal sealed class DenyLadder(ActionRun run, IamPrincipal principal)
{
    // IAM User Guide, "IAM and AWS STS quotas".
    private const int AttachmentQuota = 10;

    // Boundaries that undoing may put back: the account's own policies, and those of AWS's that let nobody change anything.
    private static readonly ImmutableArray<string> Restorable =
    [
        "arn:{partition}:iam::{account}:policy/*", "arn:{partition}:iam::aws:policy/ReadOnlyAccess", "arn:{partition}:iam::aws:policy/SecurityAudit",
        "arn:{partition}:iam::aws:policy/job-function/ViewOnlyAccess",
    ];

    private const string DenyAll = "arn:{partition}:iam::aws:policy/AWSDenyAll";

    private readonly string policy = Quarantine.ManagedPolicy(principal.Target.Partition);

    /// <summary>
    /// The permissions of the two rungs that name a managed policy. They are narrowed to the policy that is attached, so that no receipt, however it came about,
    /// makes ResponseKit attach another. A boundary that was there before is put back only if it is a policy of the account's own, or one that lets nobody change anything.
    /// Source: Service Authorization Reference, "Condition keys for AWS Identity and Access Management" (iam:PolicyARN, iam:PermissionsBoundary).
    /// </summary>
    /// <param name="kind">User or Role, as it stands in the calls' names.</param>
    /// <param name="resource">The principals.</param>
    /// <param name="isRevert">Whether for undoing.</param>
    /// <param name="others">What else the action attaches and detaches.</param>
    public static IEnumerable<Permission> Permissions(string kind, string resource, bool isRevert, params string[] others) => isRevert
        ?
        [
            new($"iam:Detach{kind}Policy", resource) { OnlyPolicies = [DenyAll, .. others] },
            new($"iam:Put{kind}PermissionsBoundary", resource) { OnlyPolicies = Restorable },
            new($"iam:Delete{kind}PermissionsBoundary", resource) { OnlyPolicies = [DenyAll] },
        ]
        :
        [
            new($"iam:Attach{kind}Policy", resource) { OnlyPolicies = [DenyAll, .. others] },
            new($"iam:Put{kind}PermissionsBoundary", resource) { OnlyPolicies = [DenyAll] },
        ];

    /// <summary>Whether the deny is known to stand.</summary>
    public bool Holds { get; private set; }

    /// <summary>Reads the principal; <see cref="PrincipalFacts.Gone"/> when there is none, null when it could not be read.</summary>
    public Task<PrincipalFacts?> FactsAsync(CancellationToken cancellationToken) =>
        run.ReadAsync($"iam:Get{principal.Kind}", principal.Title, PrincipalFacts.Gone, principal.GetAsync, cancellationToken);

    /// <summary>Reads what stands of the deny. What cannot be read counts as not there: to deny twice does no harm.</summary>
    public async Task<DenyState> StateAsync(PrincipalFacts? facts, CancellationToken cancellationToken)
    {
        var attached = run.ReadAsync(
            $"iam:ListAttached{principal.Kind}Policies", $"policies attached to {principal.Title}", [], principal.AttachedAsync, cancellationToken);
        var inline = run.ReadAsync(
            $"iam:Get{principal.Kind}Policy", $"policy {Quarantine.PolicyName} of {principal.Title}", "",
            token => principal.PolicyAsync(Quarantine.PolicyName, token), cancellationToken);
        await Task.WhenAll(attached, inline);
        return new DenyState(facts, await attached ?? [], await inline ?? "");
    }

    /// <summary>Denies what is not denied yet; true when that took a change.</summary>
    public async Task<bool> BringAboutAsync(DenyState state, CancellationToken cancellationToken)
    {
        if (StepThatHolds(state) is { } step)
        {
            run.AlreadyInPlace(step);
            Holds = true;
            return false;
        }

        if (run.Changes)
            return Holds = await ClimbAsync(state, cancellationToken);
        await PlanAsync(state, cancellationToken);
        return false;
    }

    /// <summary>Whether a state denies the principal everything.</summary>
    public bool IsDenied(DenyState state) => StepThatHolds(state) is not null;

    /// <summary>Reports a principal that is not denied everything.</summary>
    public void Check(DenyState state)
    {
        Holds = StepThatHolds(state) is not null;
        if (StepThatHolds(state) is { } step)
            run.AlreadyInPlace(step);
        else
            run.Broken(Attach(state), "NotInPlace", $"Nothing denies {principal.Title} everything.");
    }

    /// <summary>The first rung, to be announced together with other steps where it is climbed without a look.</summary>
    public Step FirstRung => Attach(state: null);

    /// <summary>
    /// Denies everything by the first rung that AWS accepts; true when one did. Before-states that are not known are read when needed.
    /// </summary>
    public async Task<bool> ClimbAsync(DenyState? known, CancellationToken cancellationToken)
    {
        var attach = Attach(known);
        var first = (await run.StepAsync(attach, token => principal.AttachAsync(policy, token), cancellationToken)).Outcome;
        if (first is not StepOutcome.Failed refused)
            return first is StepOutcome.Applied;

        var state = known ?? await StateAsync(await FactsAsync(cancellationToken), cancellationToken);
        if (state.Facts == PrincipalFacts.Gone)
        {
            run.AlreadyInPlace(attach);
            return false;
        }

        var inline = Inline(state);
        var second = (await run.StepAsync(
            inline, token => principal.PutPolicyAsync(Quarantine.PolicyName, Quarantine.Document, token), cancellationToken)).Outcome;
        if (second is StepOutcome.Applied)
            StandIn(attach, refused, "an inline policy denies everything instead");
        if (second is not StepOutcome.Failed refusedToo)
            return second is StepOutcome.Applied;

        var third = (await run.StepAsync(Boundary(state), token => principal.SetBoundaryAsync(policy, token), cancellationToken)).Outcome;
        if (third is not StepOutcome.Applied)
            return false;
        StandIn(attach, refused, "a permissions boundary denies everything instead");
        StandIn(inline, refusedToo, "a permissions boundary denies everything instead");
        return true;
    }

    /// <summary>Undoes one rung. It only ever takes ResponseKit's own deny away, and puts back nothing that grants.</summary>
    public async Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        var kind = principal.Kind;
        // The permissions of undoing do not reach AWS's other policies, some of which are administrators'.
        if (done.Before?["boundary"]?.GetValue<string>() is { } former && !IsRestorable(former))
        {
            run.NeedsApproval(
                done.UndoneBy($"iam:Put{kind}PermissionsBoundary", $"Put the permissions boundary of {principal.Title} back to {former}"),
                $"The boundary of {principal.Title} was {former}, which ResponseKit may not set. Until somebody does, {principal.Title} stays denied: "
                + $"aws iam put-{kind.ToLowerInvariant()}-permissions-boundary --{kind.ToLowerInvariant()}-name {principal.Name} --permissions-boundary {former}");
            return;
        }

        switch (done.Id())
        {
            case "managed":
                await run.UndoAsync(
                    done, $"iam:Detach{principal.Kind}Policy", $"Detach AWSDenyAll from {principal.Title}", token => principal.DetachAsync(policy, token),
                    cancellationToken);
                break;
            case "inline":
                await InlineDocument.UndoAsync(run, principal, done, Quarantine.PolicyName, cancellationToken);
                break;
            case "boundary":
                await UndoBoundaryAsync(done, cancellationToken);
                break;
            default:
                run.LeaveAsIs(done, "The receipt names a way to deny that this version does not know.");
                break;
        }
    }

    private async Task UndoBoundaryAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(cancellationToken);
        var former = done.Before?["boundary"]?.GetValue<string>();
        var present = facts is null ? Present.Unread
            : Present.Of(
                facts.Boundary == policy, facts.Boundary == former || facts == PrincipalFacts.Gone,
                $"The permissions boundary of {principal.Title} is {facts.Boundary ?? "none"}.");
        await (former is not null
            ? run.UndoAsync(
                done, present, $"iam:Put{principal.Kind}PermissionsBoundary", $"Put the permissions boundary of {principal.Title} back to {former}",
                token => principal.SetBoundaryAsync(former, token), cancellationToken)
            : run.UndoAsync(
                done, present, $"iam:Delete{principal.Kind}PermissionsBoundary", $"Remove the permissions boundary of {principal.Title}",
                principal.ClearBoundaryAsync, cancellationToken));
    }

    private bool IsRestorable(string boundary)
    {
        var (partition, account) = (principal.Target.Partition, principal.Target.Account);
        return boundary.StartsWith($"arn:{partition}:iam::{account}:policy/", StringComparison.Ordinal)
            || new Permission("", "") { OnlyPolicies = Restorable }.PoliciesIn(partition, account, "").Contains(boundary);
    }

    // Applying finds out by trying; a plan, which may not try, measures. The quota of attachments can be raised to 20 for an account, which
    // no call of IAM tells without further rights: then applying gets by with an earlier rung than planned.
    private async Task PlanAsync(DenyState state, CancellationToken cancellationToken)
    {
        var step = state.Attached.Count < AttachmentQuota ? Attach(state)
            : await InlineLengthAsync(Quarantine.PolicyName, cancellationToken) + Quarantine.Document.Length <= principal.InlineQuota ? Inline(state)
            : Boundary(state);
        await run.StepAsync(step, _ => Task.FromResult(new AmazonWebServiceResponse()), cancellationToken);
    }

    /// <summary>How many characters the principal's inline policies have together, one aside.</summary>
    public async Task<int> InlineLengthAsync(string but, CancellationToken cancellationToken)
    {
        var what = $"inline policies of {principal.Title}";
        var names = await run.ReadAsync($"iam:List{principal.Kind}Policies", what, [], principal.PolicyNamesAsync, cancellationToken) ?? [];
        var length = 0;
        foreach (var name in names.Where(name => name != but))
        {
            var document = await run.ReadAsync(
                $"iam:Get{principal.Kind}Policy", what, "", token => principal.PolicyAsync(name, token), cancellationToken);
            length += document?.Count(character => !char.IsWhiteSpace(character)) ?? 0;
        }

        return length;
    }

    private Step? StepThatHolds(DenyState state) =>
        state.Attached.Contains(policy) ? Attach(state)
        : Quarantine.IsDocument(state.Inline) ? Inline(state)
        : state.Facts?.Boundary == policy ? Boundary(state)
        : null;

    private Step Attach(DenyState? state) => new(
        "deny/managed", $"iam:Attach{principal.Kind}Policy", principal.Title,
        $"Attach AWSDenyAll to {principal.Title}; should AWS refuse, deny by inline policy, else by permissions boundary")
    {
        Before = state is null
            ? new JsonObject { ["attached"] = false, ["assumed"] = true }
            : new JsonObject { ["attached"] = state.Attached.Contains(policy) },
    };

    private Step Inline(DenyState state) => new(
        "deny/inline", $"iam:Put{principal.Kind}Policy", principal.Title, $"Put inline policy {Quarantine.PolicyName} on {principal.Title}")
    {
        Before = new JsonObject { ["document"] = state.Inline.Length == 0 ? null : state.Inline },
        After = InlineDocument.After(Quarantine.Document),
    };

    private Step Boundary(DenyState state) => new(
        "deny/boundary", $"iam:Put{principal.Kind}PermissionsBoundary", principal.Title,
        $"Make AWSDenyAll the permissions boundary of {principal.Title}")
    {
        Before = new JsonObject { ["boundary"] = state.Facts?.Boundary },
    };

    // A call without an answer may have taken effect; that must stay in the receipt.
    private void StandIn(Step step, StepOutcome.Failed refused, string instead)
    {
        // One that may stand all the same stays in the receipt as it is: undoing has to look.
        if (!refused.MayHaveTakenEffect)
            run.Skip(step, $"AWS refused it ({refused.Code}: {refused.Message.TrimEnd('.')}); {instead}.");
    }
}
