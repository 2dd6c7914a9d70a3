using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>Leaves to a person what is not proven to be the actor's.</summary>
internal static class Holding
{
    /// <summary>Records that a step is not taken because nobody knows whose the resource is, and what a person can do.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step.</param>
    /// <param name="what">The resource, as a person would name it.</param>
    /// <param name="origin">What was found.</param>
    /// <param name="lever">What a person can do, with the exact command or option.</param>
    public static void Hold(this ActionRun run, Step step, string what, Origin origin, string lever)
    {
        var verdict = origin is Origin.Earlier ? "is not the actor's" : "is not proven to be the actor's";
        run.NeedsApproval(step, $"{Capital(what)} {verdict}: {origin.Evidence}. It is left alone. {lever}");
    }

    /// <summary>
    /// The step under which it is recorded that a step is not taken again. Where it was taken before, its own entry stays: undoing needs it.
    /// </summary>
    public static Step Apart(this ActionRun run, Step step) =>
        run.Steps.Any(taken => taken.Key == step.Key && taken.Outcome.MayHaveChanged) ? HeldOf(step) : step;

    /// <summary>Takes back what an earlier run recorded by <see cref="Apart"/>: the reason is gone.</summary>
    public static void Release(this ActionRun run, Step step)
    {
        if (run.Steps.Any(taken => taken.Key == HeldOf(step).Key))
            run.AlreadyInPlace(HeldOf(step));
    }

    private static Step HeldOf(Step step) => new($"held/{step.Key}", step.Call, step.Resource, step.Summary);

    /// <summary>The lever of every action that takes a person's word in place of proof.</summary>
    public static string Vouch(ActionRun run, string action) =>
        $"If it is the actor's after all, send {action} the target {run.Target.Name} with the option vouched set to true.";

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
