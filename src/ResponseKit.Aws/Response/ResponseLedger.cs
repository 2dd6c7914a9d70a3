using System.Collections.Immutable;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Response;

/// <summary>What a response has taken up so far, and what came of it.</summary>
internal sealed class ResponseLedger
{
    private readonly Lock gate = new();
    private readonly HashSet<(string Action, ResourceRef Target)> taken = [];
    private readonly List<ActionOutcome> outcomes = [];
    private readonly Dictionary<(string Action, ActionRequest Request), int> places = [];

    public ImmutableArray<ActionOutcome> Outcomes
    {
        get
        {
            lock (gate)
                return [.. outcomes];
        }
    }

    /// <summary>The part of a plan that is new: of a request with many targets, those that were not taken up before.</summary>
    public ImmutableArray<PlannedAction> TakeUp(ResponsePlan plan)
    {
        var fresh = ImmutableArray.CreateBuilder<PlannedAction>();
        foreach (var action in plan.Actions.Where(action => action.Guard is GuardVerdict.Free || action.Request.Mode == ActionMode.Plan))
        {
            ImmutableArray<ResourceRef> targets = [.. action.Request.Targets.Where(target => taken.Add((action.ActionId, target)))];
            if (!targets.IsEmpty)
                fresh.Add(action with { Request = action.Request with { Targets = targets } });
        }

        return fresh.ToImmutable();
    }

    public void Note(string action, ActionRequest request, ActionResult result)
    {
        lock (gate)
        {
            if (places.TryGetValue((action, request), out var at))
            {
                outcomes[at] = outcomes[at] with { Result = result };
                return;
            }

            places[(action, request)] = outcomes.Count;
            outcomes.Add(new ActionOutcome(action, request, result));
        }
    }
}
