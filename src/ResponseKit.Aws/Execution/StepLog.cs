using ResponseKit.Response;

namespace ResponseKit.Aws.Execution;

/// <summary>
/// The steps of a receipt. A step that was recorded by an earlier run keeps its first before-state, whatever later runs see:
/// by then the state is the one that ResponseKit made itself.
/// </summary>
internal sealed class StepLog
{
    private readonly Lock gate = new();
    private readonly List<StepReceipt> steps = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepOutcome> ofThisRun = new(StringComparer.Ordinal);

    public StepLog(IEnumerable<StepReceipt> earlier)
    {
        foreach (var step in earlier)
        {
            places[step.Key] = steps.Count;
            steps.Add(step);
        }
    }

    /// <summary>The steps of all runs, in the order in which they were first noted.</summary>
    public IReadOnlyList<StepReceipt> Steps
    {
        get
        {
            lock (gate)
                return [.. steps];
        }
    }

    /// <summary>How the steps that this run looked at ended in this run: a step applied earlier and found in place now is in place.</summary>
    public IReadOnlyList<StepReceipt> OfThisRun
    {
        get
        {
            lock (gate)
                return [.. steps.Where(step => ofThisRun.ContainsKey(step.Key)).Select(step => step with { Outcome = ofThisRun[step.Key] })];
        }
    }

    /// <summary>Notes a step that is about to be taken; true when its before-state is news that must be saved before the call is made.</summary>
    public bool Announce(Step step)
    {
        lock (gate)
        {
            if (places.TryGetValue(step.Key, out var at) && (steps[at].Before is not null || step.Before is null))
                return false;
        }

        Record(step, new StepOutcome.NotReached());
        return true;
    }

    public StepOutcome Record(Step step, StepOutcome outcome)
    {
        lock (gate)
        {
            ofThisRun[step.Key] = outcome;
            if (!places.TryGetValue(step.Key, out var at))
            {
                places[step.Key] = steps.Count;
                steps.Add(new StepReceipt(step.Key, step.Call, step.Resource, step.Summary, step.Before?.DeepClone(), outcome));
            }
            else
            {
                steps[at] = steps[at] with { Outcome = Merge(steps[at].Outcome, outcome), Before = steps[at].Before ?? step.Before?.DeepClone() };
            }
        }

        return outcome;
    }

    // "Applied" is a fact that undo needs; finding it in place afterwards does not take it back.
    private static StepOutcome Merge(StepOutcome earlier, StepOutcome now) =>
        earlier is StepOutcome.Applied && now is (StepOutcome.AlreadyInPlace or StepOutcome.Planned or StepOutcome.NotReached) ? earlier : now;
}
