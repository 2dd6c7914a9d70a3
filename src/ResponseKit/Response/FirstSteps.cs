using System.Collections.Immutable;
using ResponseKit.Correlation.Explaining;

namespace ResponseKit.Response;

/// <summary>Tells what a response does first, for an explanation.</summary>
public static class FirstSteps
{
    private const int AtMost = 5;
    private const int Targets = 3;

    /// <summary>The explanation with the first wave of a plan, and how much follows.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="actions">The actions' descriptors, for their titles.</param>
    public static Explanation With(this Explanation explanation, ResponsePlan plan, IEnumerable<ActionDescriptor> actions)
    {
        var titles = actions.ToDictionary(action => action.Id, action => action.Title, StringComparer.Ordinal);
        var first = plan.Actions.TakeWhile(action => action.Stage.Wave == plan.Actions[0].Stage.Wave).ToList();
        var kinds = first.GroupBy(action => action.ActionId).ToList();
        IEnumerable<string> lines = kinds.Take(AtMost).Select(kind => $"{titles.GetValueOrDefault(kind.Key) ?? kind.Key} ({Names([.. kind])}).");
        if (plan.Actions.Length > first.Count)
            lines = lines.Append($"then {plan.Actions.Length - first.Count} further requests, and again until nothing stirs.");
        return explanation with { First = [.. lines] };
    }

    private static string Names(List<PlannedAction> actions)
    {
        var targets = actions.SelectMany(action => action.Request.Targets).Select(target => target.Name).ToList();
        var held = actions.Find(action => action.Guard is not GuardVerdict.Free);
        var more = targets.Count > Targets ? $" and {targets.Count - Targets} more" : "";
        return $"{string.Join(", ", targets.Take(Targets))}{more}{(held is null ? "" : $"; held: {Reason(held.Guard)}")}";
    }

    private static string Reason(GuardVerdict guard) => guard switch
    {
        GuardVerdict.Held held => held.Reason,
        GuardVerdict.NeedsApproval waiting => waiting.Reason,
        _ => "",
    };
}
