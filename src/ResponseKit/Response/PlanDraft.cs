using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>A plan in the making: gathers targets and makes as few requests of them as the actions allow.</summary>
internal sealed class PlanDraft(Incident incident, ResponsePolicy policy, ApprovedScope approved)
{
    private readonly Dictionary<string, int> destroyed = new(StringComparer.Ordinal);
    private readonly List<Draft> drafts = [];
    private readonly Toll toll = new(incident.Case, policy.Guards);
    private readonly ActionMode mode = policy.Mode == ResponseMode.Observe ? ActionMode.Plan : ActionMode.Apply;

    /// <summary>Whether something of it waits for a person.</summary>
    public bool Waits => drafts.Exists(draft => draft.Guard is GuardVerdict.NeedsApproval);

    /// <summary>Adds what an action is to do about a subject.</summary>
    /// <param name="action">The action.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="asked">Why a person has to say so first; null where nobody has to but for the guards.</param>
    public void Add(ActionDescriptor action, Subject subject, string? asked = null)
    {
        var options = subject.Options.Where(option => action.Options.Any(known => known.Name == option.Key)).ToImmutableSortedDictionary();
        var before = destroyed.GetValueOrDefault(action.Target.Id);
        // Each target by itself, so that what holds one back holds no other back.
        var guard = Guards.Check(action, Request(action, [subject.Resource], options, mode), policy, automatic: true, before, approved);
        if (guard is GuardVerdict.Free && !approved.Covers(action.Id, [subject.Resource]) && toll.ReasonToAsk(action, subject) is { } reason)
            guard = new GuardVerdict.NeedsApproval(reason);
        if (guard is GuardVerdict.Free && asked is not null)
            guard = new GuardVerdict.NeedsApproval(asked);
        if (action.IsDestructive && guard is GuardVerdict.Free)
            destroyed[action.Target.Id] = before + 1;
        drafts.Add(new(action, subject.Resource, options, guard));
    }

    public ImmutableArray<PlannedAction> Finish() =>
    [
        .. drafts
            .GroupBy(draft => (
                draft.Action.Id, draft.Target.Account, Region: RegionFor(draft.Target), draft.Guard,
                Options: string.Join('\n', draft.Options.Select(option => $"{option.Key}={option.Value}"))))
            .SelectMany(group => group.Chunk(group.First().Action.MaxTargets))
            .Select(Planned)
            .OrderBy(planned => planned.Stage.Wave)
            .ThenBy(planned => ResponseStage.All.IndexOf(planned.Stage)),
    ];

    private PlannedAction Planned(Draft[] alike)
    {
        var (action, _, options, guard) = alike[0];
        var asked = guard is GuardVerdict.Free ? mode : ActionMode.Plan;
        return new(action.Stage, action.Id, Request(action, [.. alike.Select(draft => draft.Target)], options, asked), guard);
    }

    private ActionRequest Request(
        ActionDescriptor action, ImmutableArray<ResourceRef> targets, ImmutableSortedDictionary<string, string> options, ActionMode asked) => new()
        {
            Mode = asked,
            Account = targets[0].Account,
            Region = RegionFor(targets[0]),
            Targets = targets,
            Reason = $"Incident {incident.Id}: {action.Title}.",
            Incident = incident.Id,
            Options = options,
        };

    // A global service is called in one region of the partition.
    private static string RegionFor(ResourceRef target) => target.Region.Length > 0 ? target.Region : target.Partition switch
    {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => "us-east-1",
    };

    private sealed record Draft(
        ActionDescriptor Action, ResourceRef Target, ImmutableSortedDictionary<string, string> Options, GuardVerdict Guard);
}
