using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Brakes a user or role: by an inline policy, and where its inline policies leave no room, by a managed policy of our own. Never by a permissions boundary: one that
/// is replaced may give more than the one before. See docs/decisions/0038.
/// </summary>
internal sealed class BrakeLadder(ActionRun run, IamPrincipal principal)
{
    private const string InlineKey = "brake/inline";

    // IAM User Guide, "IAM and AWS STS quotas".
    private const string Full = "LimitExceeded";

    private readonly ManagedBrake managed = new(run, principal);

    /// <summary>The permissions of planning and verifying, with the resource of the principals.</summary>
    public static IEnumerable<Permission> Reads(string kind, string resource) =>
    [
        new($"iam:Get{kind}", resource), new($"iam:Get{kind}Policy", resource), new($"iam:ListAttached{kind}Policies", resource),
        new("iam:GetPolicy", ManagedBrake.AnyPolicy), new("iam:GetPolicyVersion", ManagedBrake.AnyPolicy),
    ];

    /// <summary>The permissions of applying.</summary>
    public static IEnumerable<Permission> Writes(string kind, string resource) =>
    [
        new($"iam:Put{kind}Policy", resource), new("iam:CreatePolicy", ManagedBrake.AnyPolicy),
        new($"iam:Attach{kind}Policy", resource) { OnlyPolicies = [ManagedBrake.AnyPolicy] },
    ];

    /// <summary>The permissions of reverting.</summary>
    public static IEnumerable<Permission> Reverts(string kind, string resource) =>
    [
        new($"iam:Get{kind}Policy", resource), new($"iam:Put{kind}Policy", resource), new($"iam:Delete{kind}Policy", resource), new("iam:DeletePolicy", ManagedBrake.AnyPolicy),
        new($"iam:Detach{kind}Policy", resource) { OnlyPolicies = [ManagedBrake.AnyPolicy] },
    ];

    /// <summary>Reads the principal; <see cref="PrincipalFacts.Gone"/> when there is none, null when it could not be read.</summary>
    public Task<PrincipalFacts?> FactsAsync(CancellationToken cancellationToken) =>
        run.ReadAsync($"iam:Get{principal.Kind}", principal.Title, PrincipalFacts.Gone, principal.GetAsync, cancellationToken);

    /// <summary>Brakes the principal, as far as it is not braked yet.</summary>
    public async Task ApplyAsync(BrakeDocument asked, PrincipalFacts facts, CancellationToken cancellationToken)
    {
        var state = await StateAsync(facts, cancellationToken);
        if (StepThatHolds(state, asked) is { } step)
        {
            run.AlreadyInPlace(step);
            return;
        }

        var wanted = Standing(state).Aggregate(asked, (one, other) => one.Union(other));
        if (run.Changes)
            await ClimbAsync(wanted, state, cancellationToken);
        else
            await PlanAsync(wanted, state, cancellationToken);
    }

    /// <summary>Reports a principal that is not braked.</summary>
    public async Task CheckAsync(BrakeDocument asked, PrincipalFacts facts, CancellationToken cancellationToken)
    {
        var state = await StateAsync(facts, cancellationToken);
        if (StepThatHolds(state, asked) is { } step)
            run.AlreadyInPlace(step);
        else
            run.Broken(Inline(asked, state), "NotInPlace", $"Nothing brakes {principal.Title}{(run.Option(BrakeTerm.Until.Name) is null ? "" : $" until {BrakeDocument.TextOf(asked.Until)}")}.");
    }

    /// <summary>Takes one rung away. A brake that somebody else's request made longer is left to them.</summary>
    public async Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        if (done.Key != InlineKey)
        {
            await managed.UndoAsync(done, cancellationToken);
            return;
        }

        var text = await InlineAsync(cancellationToken);
        var isOurs = text is { Length: > 0 } && DenyOnly.Hash(text) == done.After?["sha256"]?.GetValue<string>();
        if (text is { Length: > 0 } && !isOurs && BrakeDocument.Of(text) is { } other && !HasEnded(other))
            run.Skip(UndoStep(done), $"The brake of {principal.Title} was made longer by another request, until {BrakeDocument.TextOf(other.Until)}. That one takes it away.");
        else if (text is { Length: > 0 } && !isOurs && BrakeDocument.Of(text) is not null)
            await run.UndoAsync(done, UndoStep(done).Call, UndoStep(done).Summary, token => principal.DeletePolicyAsync(BrakeDocument.PolicyName, token), cancellationToken);
        else
            await InlineDocument.UndoAsync(run, principal, done, BrakeDocument.PolicyName, cancellationToken);
    }

    private Step UndoStep(StepReceipt done) =>
        done.UndoneBy($"iam:Delete{principal.Kind}Policy", $"Delete policy {BrakeDocument.PolicyName} of {principal.Title}");

    // What ended, or ends later than any of ours could, is not a brake to be built on.
    private bool HasEnded(BrakeDocument document) => document.Until <= run.Now;

    private bool IsStanding(BrakeDocument document) => !HasEnded(document) && document.Until <= run.Now + BrakeTerm.Longest;

    private IEnumerable<BrakeDocument> Standing(BrakeState state) =>
        state.Managed.Values.Append(BrakeDocument.Of(state.Inline)).OfType<BrakeDocument>().Where(IsStanding);

    private Task<string?> InlineAsync(CancellationToken cancellationToken) => run.ReadAsync(
        $"iam:Get{principal.Kind}Policy", $"policy {BrakeDocument.PolicyName} of {principal.Title}", "", token => principal.PolicyAsync(BrakeDocument.PolicyName, token), cancellationToken);

    private async Task<BrakeState> StateAsync(PrincipalFacts facts, CancellationToken cancellationToken)
    {
        var attached = await run.ReadAsync(
            $"iam:ListAttached{principal.Kind}Policies", $"policies attached to {principal.Title}", [], principal.AttachedAsync, cancellationToken) ?? [];
        var said = ImmutableSortedDictionary.CreateBuilder<string, BrakeDocument>(StringComparer.Ordinal);
        foreach (var arn in attached)
        {
            if (await managed.ReadAsync(arn, cancellationToken) is { } document)
                said[arn] = document;
        }

        return new BrakeState(facts, await InlineAsync(cancellationToken), attached, said.ToImmutable());
    }

    private Step? StepThatHolds(BrakeState state, BrakeDocument asked)
    {
        // A request that names no end is content with one that was made before.
        var needed = run.Option(BrakeTerm.Until.Name) is null ? asked with { Until = run.Now } : asked;
        if (BrakeDocument.Of(state.Inline) is { } inline && IsStanding(inline) && inline.Covers(needed))
            return Inline(inline, state);
        return state.Managed.Where(one => IsStanding(one.Value) && one.Value.Covers(needed)).Select(one => managed.Standing(one.Key)).FirstOrDefault();
    }

    private async Task ClimbAsync(BrakeDocument wanted, BrakeState state, CancellationToken cancellationToken)
    {
        var (inline, text) = (Inline(wanted, state), TextOf(wanted, state));
        // A policy that could not be read must not be overwritten unseen: undo would lose it.
        var first = state.Inline is null
            ? new StepOutcome.Failed(Full, "its inline policy could not be read")
            : (await run.StepAsync(inline, token => principal.PutPolicyAsync(BrakeDocument.PolicyName, text, token), cancellationToken)).Outcome;
        if (first is not StepOutcome.Failed { Code: Full } full)
            return;
        if (await managed.PutAsync(wanted, text, cancellationToken))
            run.Skip(inline, $"AWS refused it ({full.Message.TrimEnd('.')}); a managed policy brakes instead.");
        else
            run.Broken(inline, Full, $"{full.Message.TrimEnd('.')}, and no managed policy could be attached either. {principal.Title} is not braked; if it must be stopped, contain it.");
    }

    // Applying finds out by trying; a plan, which may not try, measures.
    private async Task PlanAsync(BrakeDocument wanted, BrakeState state, CancellationToken cancellationToken)
    {
        var text = TextOf(wanted, state);
        if (state.Inline is not null && await OtherLengthAsync(cancellationToken) + text.Length <= principal.InlineQuota)
        {
            await run.StepAsync(Inline(wanted, state), _ => Task.FromResult(new AmazonWebServiceResponse()), cancellationToken);
            return;
        }

        var (create, attach) = managed.Steps(wanted, text);
        await run.StepAsync(create, _ => Task.FromResult(new AmazonWebServiceResponse()), cancellationToken);
        await run.StepAsync(attach, _ => Task.FromResult(new AmazonWebServiceResponse()), cancellationToken);
    }

    private async Task<int> OtherLengthAsync(CancellationToken cancellationToken)
    {
        var what = $"inline policies of {principal.Title}";
        var names = await run.ReadAsync($"iam:List{principal.Kind}Policies", what, [], principal.PolicyNamesAsync, cancellationToken) ?? [];
        var length = 0;
        foreach (var name in names.Where(name => name != BrakeDocument.PolicyName))
        {
            var document = await run.ReadAsync($"iam:Get{principal.Kind}Policy", what, "", token => principal.PolicyAsync(name, token), cancellationToken);
            length += document?.Count(character => !char.IsWhiteSpace(character)) ?? 0;
        }

        return length;
    }

    private Step Inline(BrakeDocument wanted, BrakeState state) => new(
        InlineKey, $"iam:Put{principal.Kind}Policy", principal.Title,
        $"Put inline policy {BrakeDocument.PolicyName} on {principal.Title}, which ends by itself at {BrakeDocument.TextOf(wanted.Until)}")
    {
        // An earlier brake is nothing to put back.
        Before = new JsonObject { ["document"] = state.Inline is { Length: > 0 } text && BrakeDocument.Of(text) is null ? text : null },
        After = InlineDocument.After(TextOf(wanted, state)),
    };

    private string TextOf(BrakeDocument wanted, BrakeState state) => wanted.Text(
        $"arn:{principal.Target.Partition}:iam::{principal.Target.Account}:{principal.Kind.ToLowerInvariant()}{state.Facts.Path}{principal.Name}");
}
