using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>A plan in the making: gathers targets and makes as few requests of them as the actions allow.</summary>
internal sealed class PlanDraft(Incident incident, ResponsePolicy policy)
{
    private readonly Dictionary<string, int> destroyed = new(StringComparer.Ordinal);
    private readonly List<(ActionDescriptor Action, ResourceRef Target, ImmutableSortedDictionary<string, string> Options, GuardVerdict Guard)> drafts = [];
    private readonly ActionMode mode = policy.Mode == ResponseMode.Enforce ? ActionMode.Apply : ActionMode.Plan;

    public void Add(ActionDescriptor action, Subject subject)
    {
        var options = subject.Options.Where(option => action.Options.Any(known => known.Name == option.Key)).ToImmutableSortedDictionary();
        var before = destroyed.GetValueOrDefault(action.Target.Id);
        // Each target by itself, so that what holds one back holds no other back.
        var guard = Guards.Check(action, Request(action, [subject.Resource], options, mode), policy, automatic: true, before);
        if (action.IsDestructive && guard is GuardVerdict.Free)
            destroyed[action.Target.Id] = before + 1;
        drafts.Add((action, subject.Resource, options, guard));
    }

    public ImmutableArray<PlannedAction> Finish() =>
    [
        .. drafts
            .GroupBy(draft => (
                draft.Action.Id, draft.Target.Account, Region: RegionFor(draft.Target), draft.Guard,
                Options: string.Join('\n', draft.Options.Select(option => $"{option.Key}={option.Value}"))))
            .SelectMany(group => group.Chunk(group.First().Action.MaxTargets).Select(chunk => Planned([.. chunk.Select(draft => draft.Target)], chunk[0].Action, chunk[0].Options, chunk[0].Guard)))
            .OrderBy(planned => planned.Stage.Wave)
            .ThenBy(planned => ResponseStage.All.IndexOf(planned.Stage)),
    ];

    private PlannedAction Planned(
        ImmutableArray<ResourceRef> targets, ActionDescriptor action, ImmutableSortedDictionary<string, string> options, GuardVerdict guard) =>
        new(action.Stage, action.Id, Request(action, targets, options, guard is GuardVerdict.Free ? mode : ActionMode.Plan), guard);

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
}
