namespace ResponseKit.Response.Execution;

/// <summary>Says in one word and in one sentence what became of a run.</summary>
internal static class ReceiptSummary
{
    private const int ReasonsShown = 5;

    public static ReceiptStatus StatusOf(ActionRequest request, IReadOnlyList<StepReceipt> steps, bool ranOutOfTime)
    {
        var mode = request.Mode;
        // Of many things some may be gone; what is asked of one and is not there is that one.
        var isMissing = request.Targets.Length == 1 ? Any<StepOutcome.NotFound>(steps) : steps.Count > 0 && steps.All(step => step.Outcome is StepOutcome.NotFound);
        if (mode == ActionMode.Verify)
            return Any<StepOutcome.Failed>(steps) ? ReceiptStatus.Broken : ranOutOfTime ? ReceiptStatus.Incomplete
                : isMissing ? ReceiptStatus.NotFound : ReceiptStatus.Holds;
        if (Any<StepOutcome.Failed>(steps))
            return ReceiptStatus.Failed;
        if (ranOutOfTime || Any<StepOutcome.NotReached>(steps))
            return ReceiptStatus.Incomplete;
        if (mode == ActionMode.Plan)
            return isMissing ? ReceiptStatus.NotFound : ReceiptStatus.Planned;
        if (Any<StepOutcome.NeedsApproval>(steps))
            return ReceiptStatus.NeedsApproval;
        if (Any<StepOutcome.Applied>(steps))
            return ReceiptStatus.Applied;
        if (isMissing)
            return ReceiptStatus.NotFound;
        return steps.Count > 0 && steps.All(step => step.Outcome is StepOutcome.Skipped) ? ReceiptStatus.Skipped : ReceiptStatus.AlreadyInPlace;
    }

    public static string MessageOf(ActionDescriptor action, ActionRequest request, ReceiptStatus status, IReadOnlyList<StepReceipt> steps)
    {
        var what = $"{action.Title}, {(request.Targets.Length == 1 ? request.Targets[0].Name : $"{request.Targets.Length} targets")}";
        var missing = steps.Select(step => step.Outcome).OfType<StepOutcome.NotFound>().Select(outcome => outcome.Detail).Distinct(StringComparer.Ordinal).ToList();
        var rest = MessageOf(what, request, status, steps);
        return missing.Count == 0 ? rest
            : $"Not found: {string.Join(' ', missing.Take(ReasonsShown))}{(missing.Count > ReasonsShown ? $" The receipt has {missing.Count - ReasonsShown} more." : "")} {rest}";
    }

    private static string MessageOf(string what, ActionRequest request, ReceiptStatus status, IReadOnlyList<StepReceipt> steps)
    {
        return status switch
        {
            ReceiptStatus.NotFound => $"{what}: nothing was changed.",
            ReceiptStatus.Planned => $"{what}: {Calls<StepOutcome.Planned>(steps)} would be made; nothing was changed.",
            ReceiptStatus.Holds => $"{what}: it holds.",
            ReceiptStatus.AlreadyInPlace => $"{what}: nothing was left to do.",
            ReceiptStatus.Applied when request.Mode == ActionMode.Revert => $"{what}: undone with {Calls<StepOutcome.Applied>(steps)}.",
            ReceiptStatus.Applied => $"{what}: done with {Calls<StepOutcome.Applied>(steps)}.{(Any<StepOutcome.Skipped>(steps) ? " " + Reasons(steps) : "")}",
            ReceiptStatus.Skipped => $"{what}: not done. {Reasons(steps)}",
            ReceiptStatus.NeedsApproval when Any<StepOutcome.Applied>(steps) =>
                $"{what}: done with {Calls<StepOutcome.Applied>(steps)}, and a person has to look at the rest. {Reasons(steps)}",
            ReceiptStatus.NeedsApproval => $"{what}: waits for a person. {Reasons(steps)}",
            ReceiptStatus.Incomplete => $"{what}: time ran out after {Calls<StepOutcome.Applied>(steps)}. Send the same request again to go on.",
            ReceiptStatus.Broken => $"{what}: it does not hold. {Failures(steps)} Apply it again.",
            _ => $"{what}: {Count<StepOutcome.Failed>(steps)} of {steps.Count} steps failed, the others stand. {Failures(steps)} Send the same request again once the cause is removed.",
        };
    }

    private static bool Any<T>(IEnumerable<StepReceipt> steps) => steps.Any(step => step.Outcome is T);

    private static int Count<T>(IEnumerable<StepReceipt> steps) => steps.Count(step => step.Outcome is T);

    private static string Calls<T>(IEnumerable<StepReceipt> steps) => Count<T>(steps) is var count and not 1 ? $"{count} calls" : "1 call";

    private static string Failures(IEnumerable<StepReceipt> steps) => string.Join(
        ' ', steps.Select(step => (step, step.Outcome as StepOutcome.Failed)).Where(pair => pair.Item2 is not null).Take(3)
            .Select(pair => $"{pair.step.Call} on {pair.step.Resource}: {pair.Item2!.Code} ({pair.Item2.Message.TrimEnd('.')}{(pair.Item2.MayHaveTakenEffect ? "; it may have taken effect" : "")})."));

    // What waits for a person comes first, and says how much more of it the receipt has.
    private static string Reasons(IReadOnlyList<StepReceipt> steps)
    {
        var reasons = steps.Select(step => (step.Outcome as StepOutcome.NeedsApproval)?.Reason)
            .Concat(steps.Select(step => (step.Outcome as StepOutcome.Skipped)?.Reason)).OfType<string>().Distinct().ToList();
        return string.Join(' ', reasons.Take(ReasonsShown)) + (reasons.Count > ReasonsShown ? $" The receipt has {reasons.Count - ReasonsShown} more." : "");
    }
}
