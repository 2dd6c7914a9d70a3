namespace ResponseKit.Response.Execution;

/// <summary>
/// The steps of a receipt. A step that was recorded by an earlier run keeps its first before-state, whatever later runs see:
/// by then the state is the one that ResponseKit made itself.
/// </summary>
internal sealed class StepLog
{
    /// <summary>Error code of a step whose call got no answer: it may have taken effect.</summary>
    internal const string NoAnswer = "Network";

    private readonly Lock gate = new();
    private readonly List<StepReceipt> steps = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepOutcome> earlier = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepOutcome> thisRun = new(StringComparer.Ordinal);

    public StepLog(IEnumerable<StepReceipt> earlierSteps)
    {
        foreach (var step in earlierSteps)
        {
            places[step.Key] = steps.Count;
            earlier[step.Key] = step.Outcome;
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

    /// <summary>The steps that this run looked at, with what this run made of them.</summary>
    public IReadOnlyList<StepReceipt> OfThisRun
    {
        get
        {
            lock (gate)
                return [.. steps.Where(step => thisRun.ContainsKey(step.Key)).Select(step => step with { Outcome = thisRun[step.Key] })];
        }
    }

    /// <summary>Notes a step that is about to be taken; true when its before-state is news that must be saved before the call is made.</summary>
    public bool Announce(Step step)
    {
        lock (gate)
        {
            // Where it is known to have happened, or that it may have, undoing looks already. A step that failed or was not reached is taken anew.
            if (places.TryGetValue(step.Key, out var at) && steps[at].Outcome.MayHaveChanged && (steps[at].Before is not null || step.Before is null))
                return false;
        }

        Record(step, new StepOutcome.NotReached { IsAnnounced = true });
        return true;
    }

    public StepOutcome Record(Step step, StepOutcome outcome)
    {
        lock (gate)
        {
            var now = thisRun.TryGetValue(step.Key, out var before) ? WithinRun(before, outcome) : outcome;
            thisRun[step.Key] = now;
            if (earlier.TryGetValue(step.Key, out var then))
                now = AcrossRuns(then, now);
            if (!places.TryGetValue(step.Key, out var at))
            {
                places[step.Key] = steps.Count;
                steps.Add(new StepReceipt(step.Key, step.Call, step.Resource, step.Summary, step.Before?.DeepClone(), now) { After = step.After?.DeepClone() });
            }
            else
            {
                // The first state before, and the last state after: a later run may leave another one.
                var isLeft = outcome is StepOutcome.Applied or StepOutcome.NotReached || steps[at].After is null;
                steps[at] = steps[at] with
                {
                    Outcome = now,
                    Before = steps[at].Before ?? step.Before?.DeepClone(),
                    After = isLeft ? step.After?.DeepClone() ?? steps[at].After : steps[at].After,
                };
            }
        }

        return outcome;
    }

    // "Applied" is a fact that undo needs: nothing that is found or decided afterwards takes it back, and a failure after it only says that more is wrong. A call that
    // got no answer may have made the change that is found in place now, and a refusal of the next attempt does not say that it did not.
    private static StepOutcome WithinRun(StepOutcome before, StepOutcome now) => (before, now) switch
    {
        (_, StepOutcome.Applied) => now,
        (StepOutcome.Applied or StepOutcome.Failed { MayHaveTakenEffect: true }, StepOutcome.Failed failed) => failed with { MayHaveTakenEffect = true },
        (StepOutcome.Applied, _) => before,
        (StepOutcome.Failed { MayHaveTakenEffect: true }, StepOutcome.AlreadyInPlace or StepOutcome.NotFound) => new StepOutcome.Applied(RequestId: null),
        (StepOutcome.Failed { MayHaveTakenEffect: true }, StepOutcome.NotReached reached) => reached with { IsAnnounced = true },
        (StepOutcome.Failed { MayHaveTakenEffect: true }, _) => before,
        _ => now,
    };

    // The same holds for a run that was cut off between its call and the receipt. One that did not come to its call made no change.
    private static StepOutcome AcrossRuns(StepOutcome then, StepOutcome now) => (then, now) switch
    {
        (StepOutcome.NotReached { IsAnnounced: true }, StepOutcome.Applied) => now,
        (StepOutcome.NotReached { IsAnnounced: true }, StepOutcome.AlreadyInPlace or StepOutcome.NotFound) => new StepOutcome.Applied(RequestId: null),
        (StepOutcome.NotReached { IsAnnounced: true }, StepOutcome.Failed failed) => failed with { MayHaveTakenEffect = true },
        (StepOutcome.NotReached { IsAnnounced: true }, _) => then,
        _ => WithinRun(then, now),
    };
}
