using Amazon.Runtime;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>
/// Takes a person's answer to what a response asks, and wakes the response. The state machine sends it <c>{"ask":{"incident","round","token"}}</c> when there
/// is nothing left to do but to wait; a person sends <c>{"decision","incident","by","reason","proof"}</c>. The answer is kept in the table, where the next pass of
/// the response reads it; nothing else lets it go on. A rejection counts from whoever may invoke the function; an approval must prove who gives it
/// (docs/decisions/0030).
/// </summary>
internal sealed class ApprovalFunction(FunctionServices services, IResponseWaker waker)
{
    private const string NothingChanged = "Nothing was changed.";

    /// <summary>Answers with what stands now, or with <c>{"error","fields"}</c> when the answer could not be taken.</summary>
    public async Task<byte[]> HandleAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        switch (ApprovalInputParser.Parse(payload))
        {
            case ApprovalInput.Ask ask:
                return await WaitAsync(ask, cancellationToken);
            case ApprovalInput.Decide decide:
                return await DecideAsync(decide, cancellationToken);
            case ApprovalInput.Invalid invalid:
                services.Log.Write(LogSeverity.Warning, "approval.malformed", ("fields", string.Join(' ', invalid.Errors.Select(error => $"{error.Field}: {error.Problem}"))));
                return Refusal.Write($"This cannot be taken for an answer. {NothingChanged} Correct the fields named and send it again.", invalid.Errors);
            default:
                throw new InvalidOperationException("Not an input.");
        }
    }

    private async Task<byte[]> WaitAsync(ApprovalInput.Ask ask, CancellationToken cancellationToken)
    {
        var pending = (await services.Approvals.OfAsync(ask.Incident, cancellationToken))
            .LastOrDefault(approval => approval.Round == ask.Round && approval.IsPending(services.Time.GetUtcNow()));
        // Answered between the pass and now: nobody else would give the token back.
        var isAnswered = pending is null || await services.Approvals.WaitAsync(pending, ask.Token, cancellationToken);
        if (isAnswered)
            await waker.WakeAsync(ask.Token, cancellationToken);
        else
            await TellAsync(pending!, cancellationToken);
        services.Log.Write(LogSeverity.Information, "approval.waits", ("incident", ask.Incident), ("round", $"{ask.Round}"), ("waits", isAnswered ? "no" : "yes"));
        return ApprovalJson.Waiting(ask.Incident, isAnswered);
    }

    private async Task TellAsync(Approval pending, CancellationToken cancellationToken)
    {
        if (await services.Cases.FindAsync(pending.Incident, cancellationToken) is { } record)
            await services.TellAsync(IncidentNotices.Asked(record, pending, services.Policy.Mode), cancellationToken);
    }

    private async Task<byte[]> DecideAsync(ApprovalInput.Decide decide, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        if (await services.Cases.FindAsync(decide.Incident, cancellationToken) is not { } record)
            return Refuse(decide, $"There is no incident '{decide.Incident}'. 'responsekit list' shows those that there are.");
        var asked = await services.Approvals.OfAsync(decide.Incident, cancellationToken);
        if (asked.LastOrDefault(approval => approval.Round == record.Round) is not { } last)
            return Refuse(decide, $"Nobody was asked about round {record.Round} of incident {decide.Incident}: nothing of it waits for a person.");
        if (!last.IsPending(now))
            return Refuse(decide, $"What was asked about incident {decide.Incident} is closed. {last.Standing(now)}{(last.Decision is null ? Later : "")}");
        if (!record.IsOpen)
            return Refuse(decide, $"The response to incident {decide.Incident} ended at {record.Ended:u}, so nothing waits for an answer.{Later}");
        var proven = (string?)null;
        if (decide.Remember is not null && ReasonNotToAllow(record) is { } not)
            return Refuse(decide, not);
        if (decide.IsApproved || decide.Remember is not null)
        {
            (proven, var refusal) = await ProveAsync(decide, record, last, cancellationToken);
            if (refusal is not null)
                return Refuse(decide, refusal);
        }

        var decision = new ApprovalDecision(decide.IsApproved, proven ?? decide.By, decide.Reason, now) { Proof = proven };
        var kept = await services.Approvals.AnswerAsync(last, decision, cancellationToken);
        if (!kept.IsKept)
            return Refuse(decide, $"Somebody else was quicker; 'responsekit show {decide.Incident}' tells what was decided.");
        if (decide.Remember is { } remember)
            await services.Allowances.AddAsync(AllowanceOf(record, last, decision, remember), cancellationToken);
        var isAwake = kept.Token is { } token && await WakeAsync(decide.Incident, token, cancellationToken);
        services.Log.Write(
            LogSeverity.Information, "approval.decided", ("incident", decide.Incident), ("decision", decide.IsApproved ? "approve" : "reject"), ("by", decision.By), ("proven", proven is null ? "no" : "yes"),
            ("reason", decide.Reason), ("woken", isAwake ? "yes" : "no"));
        return ApprovalJson.Decided(last with { Decision = decision }, isAwake);
    }

    private static string? ReasonNotToAllow(IncidentRecord record)
    {
        if (!record.IsBrake)
            return $"Incident {record.Incident.Id} is not one that is only braked, so nothing of it can be allowed.";
        return Allowance.GraveIn(record.Incident.Verdict) is { } grave
            ? $"The actor {grave.Finding.Explanation}, which can never be allowed. Reject without remembering to release them this time."
            : null;
    }

    private static Allowance AllowanceOf(IncidentRecord record, Approval question, ApprovalDecision decision, Remembering remember) => new()
    {
        Id = $"{record.Incident.Id}-{question.Number}",
        Account = record.Incident.Account,
        Principal = record.Incident.Root.Key,
        Kinds = Allowance.KindsOf(record.Incident.Verdict),
        UsdPerHour = remember.UsdPerHour,
        Owner = decision.By,
        Reason = decision.Reason,
        From = decision.At,
        Until = decision.At.AddDays(remember.Days),
    };

    /// <summary>Who approves, where that is proven, or why the approval does not count.</summary>
    private async Task<(string? Proven, string? Refusal)> ProveAsync(
        ApprovalInput.Decide decide, IncidentRecord record, Approval question, CancellationToken cancellationToken)
    {
        if (await services.SealProblemAsync(cancellationToken) is { } problem)
            return (null, $"{problem} Until it can be, nothing can be approved; it can be rejected.");
        if (!record.IsVerified)
            return (null, $"Incident {decide.Incident} cannot be verified, so nothing of it can be approved.");
        if (decide.Proof is null)
        {
            return services.Policy.Guards.UnprovenApprovals
                ? (null, null)
                : (null, "Nothing proves who gives this approval, so it does not count. Approve with 'responsekit approve', which signs it; from here it can only be rejected. "
                    + "(guards.unprovenApprovals in the policy file would let it count.)");
        }

        var answer = AnswerText.Of(services.Deployment, question, decide.IsApproved, decide.Reason, decide.Remember);
        return await new Proving(services).WhoAsync(decide.Proof, answer, record.Incident, cancellationToken);
    }

    private const string Later =
        " Whatever else the actor does opens the incident again and asks anew. To act at once, send the planned requests to the action functions yourself.";

    // The answer is kept by now; the response looks for it by itself, if later.
    private async Task<bool> WakeAsync(string incident, string token, CancellationToken cancellationToken)
    {
        try
        {
            return await waker.WakeAsync(token, cancellationToken);
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            services.Log.Write(LogSeverity.Error, "approval.not-woken", ("incident", incident), ("error", error.Message));
            return false;
        }
    }

    private byte[] Refuse(ApprovalInput.Decide decide, string error)
    {
        services.Log.Write(LogSeverity.Warning, "approval.refused", ("incident", decide.Incident), ("by", decide.By), ("reason", decide.Reason), ("error", error));
        return Refusal.Write($"{error} {NothingChanged}", []);
    }
}
