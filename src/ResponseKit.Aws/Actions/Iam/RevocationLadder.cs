using System.Text.Json.Nodes;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Revokes the sessions of a role by the first rung that has room: the inline policy that the console writes, a managed policy of its own, and where neither fits, denying the
/// role everything, which an actor who filled it up can bring about and so must be told.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="role">The role.</param>
/// <param name="deny">The last rung.</param>
/// <param name="facts">The role; null when it could not be read.</param>
/// <param name="cut">What is to be revoked; null for undoing.</param>
internal sealed class RevocationLadder(ActionRun run, RolePrincipal role, DenyLadder deny, PrincipalFacts? facts, RoleCut? cut)
{
    private const string Key = "revoke-sessions";

    // IAM User Guide, "IAM and AWS STS quotas": ten, unless AWS raised it for the account.
    private const int UsualAttachmentQuota = 10;

    private readonly ManagedRevocation managed = new(run, role);

    private bool WasSkipped => run.Steps.Concat(run.Earlier?.Steps ?? []).Any(step => step.Key == Key && step.Outcome is StepOutcome.Skipped);

    /// <summary>Revokes what is not revoked yet; true when that took a change.</summary>
    public async Task<bool> BringAboutAsync(CancellationToken cancellationToken)
    {
        // A policy that could not be read must not be overwritten unseen: undo would lose it.
        if (await DocumentAsync(cancellationToken) is not { } document)
            return false;
        var inline = Inline(document);
        if (!inline.IsInPlace && WasSkipped && await IsStoodInForAsync(cancellationToken))
            return false;
        if (!run.Changes && !inline.IsInPlace)
            return await PlanAsync(inline, cancellationToken);
        var changed = await run.BringAboutAsync([inline], cancellationToken);
        return run.Steps.FirstOrDefault(step => step.Key == Key)?.Outcome is StepOutcome.Failed { Code: "LimitExceeded" } full
            ? await WithoutRoomAsync(inline.Step, full.Message.TrimEnd('.'), cancellationToken)
            : changed;
    }

    /// <summary>Reports sessions that are not revoked.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await DocumentAsync(cancellationToken) is { } document && Inline(document) is var inline && (inline.IsInPlace || !await IsStoodInForAsync(cancellationToken)))
            run.Check([inline]);
    }

    /// <summary>Undoes one step.</summary>
    public async Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        if (done.Key == Key)
            await InlineDocument.UndoAsync(run, role, done, SessionRevocation.PolicyName, cancellationToken);
        else if (done.Kind() is ManagedRevocation.MadeKey or ManagedRevocation.AttachedKey)
            await managed.UndoAsync(done, cancellationToken);
        else
            run.LeaveAsIs(done, "This action makes no such change.");
    }

    /// <summary>Whether another rung does what the inline policy had no room for.</summary>
    private async Task<bool> IsStoodInForAsync(CancellationToken cancellationToken)
    {
        if (deny.Holds)
            return WasSkipped;
        var state = await deny.StateAsync(facts, cancellationToken);
        if (await managed.CutAsync(state.Attached, cancellationToken) >= cut!.AtLeast)
            return true;
        return WasSkipped && deny.IsDenied(state);
    }

    private async Task<bool> WithoutRoomAsync(Step inline, string full, CancellationToken cancellationToken)
    {
        const string noRoom = "The role's inline policies leave no room";
        if (deny.Holds)
        {
            run.Skip(inline, $"{noRoom} ({full}); the deny binds all sessions anyway.");
            return false;
        }

        var state = await deny.StateAsync(facts, cancellationToken);
        if (await HasRoomAsync(state.Attached.Count, cancellationToken))
        {
            var put = await managed.PutAsync(cut!.At, cancellationToken);
            if (put is StepOutcome.Applied or StepOutcome.AlreadyInPlace)
            {
                run.Skip(inline, $"{noRoom} ({full}); a managed policy of its own revokes the sessions instead.");
                return true;
            }

            // What may work in a moment, such as a call that was throttled, is tried again by the next pass: an honest role must not lose everything for it.
            if (put is not StepOutcome.Failed { Code: "LimitExceeded" or "AccessDenied" or "EntityAlreadyExists" })
                return false;
        }

        var changed = await deny.BringAboutAsync(state, cancellationToken);
        if (!deny.Holds)
        {
            run.Broken(inline, "LimitExceeded", $"{full}. Neither a managed policy nor a permissions boundary was accepted: its sessions go on. Delete an inline policy of the role.");
            return changed;
        }

        // What was refused on the way is no failure any more.
        foreach (var refused in run.Steps.Where(step => step.Kind() is ManagedRevocation.MadeKey or ManagedRevocation.AttachedKey && step.Outcome is StepOutcome.Failed))
            run.Skip(new Step(refused.Key, refused.Call, refused.Resource, refused.Summary), $"{role.Title} is denied everything instead.");
        run.Skip(inline, $"{noRoom} ({full}), and no managed policy could be attached: {role.Title} is denied everything instead, new sessions too.");
        return changed;
    }

    // Applying finds out by trying; a plan, which may not try, measures.
    private async Task<bool> PlanAsync(Wanted inline, CancellationToken cancellationToken)
    {
        var document = SessionRevocation.Document(cut!.At);
        var length = await deny.InlineLengthAsync(SessionRevocation.PolicyName, cancellationToken);
        if (length + document.Length <= role.InlineQuota || deny.Holds)
            return await run.BringAboutAsync([inline], cancellationToken);
        var state = await deny.StateAsync(facts, cancellationToken);
        if (await HasRoomAsync(state.Attached.Count, cancellationToken))
            await managed.PutAsync(cut.At, cancellationToken);
        else
            await deny.BringAboutAsync(state, cancellationToken);
        return false;
    }

    // Ten attachments are full or not, as AWS raised the quota or did not. An answer that does not come counts as room: attaching then finds out.
    private async Task<bool> HasRoomAsync(int attached, CancellationToken cancellationToken) =>
        attached < UsualAttachmentQuota || await managed.AttachmentQuotaAsync(cancellationToken) is not { } quota || attached < quota;

    private Task<string?> DocumentAsync(CancellationToken cancellationToken) => run.ReadAsync(
        "iam:GetRolePolicy", $"policy {SessionRevocation.PolicyName} of {role.Title}", "",
        token => role.PolicyAsync(SessionRevocation.PolicyName, token), cancellationToken);

    private Wanted Inline(string document)
    {
        var standing = SessionRevocation.CutIn(document);
        var isInPlace = standing >= cut!.AtLeast;
        var at = SessionRevocation.Text(isInPlace ? standing!.Value : cut.At);
        var step = new Step(Key, "iam:PutRolePolicy", role.Title, $"Revoke the sessions of {role.Title} issued before {at}")
        {
            Before = new JsonObject { ["document"] = document.Length == 0 ? null : document, ["cut"] = at },
            After = InlineDocument.After(SessionRevocation.Document(cut.At)),
        };
        var found = standing is null
            ? "No session of the role is revoked."
            : $"Only sessions issued before {SessionRevocation.Text(standing.Value)} are revoked.";
        return new Wanted(
            step, isInPlace, found,
            token => role.PutPolicyAsync(SessionRevocation.PolicyName, SessionRevocation.Document(cut.At), token));
    }
}
