using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ResponseKit.Correlation;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Reports;

/// <summary>What the response did, as a report lists it, and what became of what the actor made.</summary>
internal static class Actions
{
    private const int LongestState = 2_000;

    /// <summary>One action.</summary>
    public static ActionDone Of(ActionReceipt receipt) => new(
        Shown.Time(receipt.Started), Shown.Text(receipt.Action), StatusOf(receipt), Shown.Text(receipt.Message), Shown.Text(receipt.Id),
        [.. receipt.Targets.Select(target => Shown.Text(target))], [.. receipt.Steps.Select(StepOf)]);

    /// <summary>What was made, opened, entered or changed, by kind, way and region.</summary>
    public static ImmutableArray<ResourceGroup> Resources(CaseFile file, IReadOnlyList<ActionReceipt> receipts)
    {
        var done = receipts.Where(receipt => receipt.Status is ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace)
            .SelectMany(receipt => receipt.Targets.Select(ResourceRef.FromArn).OfType<ResourceRef>().Concat(EndedParts.Of([receipt])).Select(resource => (Resource: resource, Receipt: receipt)))
            .ToLookup(one => one.Resource, one => one.Receipt);
        return
        [
            .. file.Lineage.GroupBy(entry => (entry.Resource.Kind, entry.Relation, entry.Resource.Region))
                .OrderBy(same => ResourceKind.All.IndexOf(same.Key.Kind)).ThenBy(same => same.Key.Relation).ThenBy(same => same.Key.Region, StringComparer.Ordinal)
                .Select(same => GroupOf(same.Key.Kind, same.Key.Relation, same.Key.Region, [.. same.Select(entry => entry.Resource).Distinct()], done)),
        ];
    }

    private static ResourceGroup GroupOf(ResourceKind kind, LineageRelation relation, string region, ImmutableArray<ResourceRef> resources, ILookup<ResourceRef, ActionReceipt> done)
    {
        var became = resources.SelectMany(resource => done[resource].Select(receipt => (receipt.Action, IsReverted: receipt.Reverted is not null, Resource: resource)).Distinct())
            .GroupBy(one => (one.Action, one.IsReverted))
            .OrderBy(same => same.Key.Action, StringComparer.Ordinal)
            .Select(same => $"{same.Key.Action}{(same.Key.IsReverted ? ", undone since" : "")}: {same.Count()}")
            .ToList();
        var untouched = resources.Count(resource => !done.Contains(resource));
        if (untouched > 0)
            became.Add($"no action: {untouched}");
        return new ResourceGroup(
            $"{KindWords.Count(kind, resources.Length)} {KindWords.Done(relation)}{(region.Length > 0 ? $" in {Shown.Text(region)}" : "")}", resources.Length,
            [.. resources.Take(10).Select(resource => Shown.Text(resource.Name))], string.Join("; ", became));
    }

    private static StepDone StepOf(StepReceipt step) => new(
        Shown.Text(step.Summary), Shown.Text(step.Call), OutcomeOf(step.Outcome), StateOf(step.Before), StateOf(step.After));

    private static string StateOf(JsonNode? state) => state is null ? "" : Shown.Text(state.ToJsonString(), LongestState);

    private static string StatusOf(ActionReceipt receipt) => (receipt.IsVerified ? "" : "not verified: ")
        + (receipt.Reverted is { } reverted ? $"undone at {Shown.Time(reverted)}" : WordOf(receipt.Status));

    private static string WordOf(ReceiptStatus status) => status switch
    {
        ReceiptStatus.AlreadyInPlace => "already in place",
        ReceiptStatus.NotFound => "not found",
        ReceiptStatus.NeedsApproval => "needs approval",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static string OutcomeOf(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Applied { RequestId: { } request } => $"applied, request {Shown.Text(request, 100)}",
        StepOutcome.Applied => "applied",
        StepOutcome.Planned => "planned",
        StepOutcome.AlreadyInPlace => "already in place",
        StepOutcome.NotReached { IsAnnounced: true } => "announced; whether the call was made is not known",
        StepOutcome.NotReached => "not reached",
        StepOutcome.Failed failed => $"failed, {Shown.Text(failed.Code, 100)}: {Shown.Text(failed.Message)}{(failed.MayHaveTakenEffect ? " (it may have taken effect)" : "")}",
        StepOutcome.Skipped skipped => $"skipped: {Shown.Text(skipped.Reason)}",
        StepOutcome.NeedsApproval asked => $"needs approval: {Shown.Text(asked.Reason)}",
        StepOutcome.NotFound missing => $"not found: {Shown.Text(missing.Detail)}",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome that reports do not know."),
    };
}
