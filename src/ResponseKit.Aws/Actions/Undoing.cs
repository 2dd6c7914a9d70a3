using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>Undoing from a receipt.</summary>
internal static class Undoing
{
    private static readonly string[] MeansGone = ["NoSuchEntity", "ResourceNotFoundException"];

    /// <summary>The steps that changed something, or may have, newest first.</summary>
    public static IEnumerable<StepReceipt> Changes(this ActionReceipt receipt) =>
        receipt.Steps.Reverse().Where(step => step.Outcome.MayHaveChanged);

    /// <summary>The part of a step's key before the first slash: what sort of step it is.</summary>
    public static string Kind(this StepReceipt step) => step.Key.Split('/')[0];

    /// <summary>The part of a step's key behind the first slash: the id of what it acts on.</summary>
    public static string Id(this StepReceipt step) => step.Key[(step.Key.IndexOf('/') + 1)..];

    /// <summary>The step that undoes one of a receipt.</summary>
    public static Step UndoneBy(this StepReceipt done, string call, string summary) => new(done.Key, call, done.Resource, summary);

    /// <summary>Undoes one step. What is gone in the meantime needs no undoing.</summary>
    public static Task UndoAsync(
        this ActionRun run, StepReceipt done, string call, string summary, Func<CancellationToken, Task<AmazonWebServiceResponse>> undo,
        CancellationToken cancellationToken) =>
        run.StepAsync(done.UndoneBy(call, summary) with { MeansInPlace = MeansGone }, undo, cancellationToken);

    /// <summary>
    /// Undoes one step where what is there now is what the step left. What is as it was before needs no undoing; anything else was put there by somebody since,
    /// and is held for a person.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="done">The step to undo.</param>
    /// <param name="present">How it is now.</param>
    /// <param name="call">The call that undoes it, in IAM's spelling.</param>
    /// <param name="summary">What that does, verb first.</param>
    /// <param name="undo">Makes the call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task UndoAsync(
        this ActionRun run, StepReceipt done, Present present, string call, string summary, Func<CancellationToken, Task<AmazonWebServiceResponse>> undo,
        CancellationToken cancellationToken)
    {
        switch (present)
        {
            case Present.AsLeft:
                return run.UndoAsync(done, call, summary, undo, cancellationToken);
            case Present.AsBefore:
                run.AlreadyInPlace(done.UndoneBy(call, summary));
                break;
            case Present.Otherwise otherwise:
                run.Hold(done, $"{otherwise.Found} That is not what this receipt left, so it stays. Look who changed it; to undo by hand: {summary}.");
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>Says that one step is not undone although it could be, for a person to decide.</summary>
    public static void Hold(this ActionRun run, StepReceipt done, string reason) =>
        run.NeedsApproval(new Step(done.Key, done.Call, done.Resource, $"Leave as it is: {done.Summary}"), reason);

    /// <summary>Says why one step is not undone.</summary>
    public static void LeaveAsIs(this ActionRun run, StepReceipt done, string reason) =>
        run.Skip(new Step(done.Key, done.Call, done.Resource, $"Leave as it is: {done.Summary}"), reason);
}
