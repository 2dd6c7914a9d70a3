using ResponseKit.Aws.Execution;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions;

/// <summary>Reading receipts in order to undo them.</summary>
internal static class Undo
{
    /// <summary>The steps that changed something, the newest first.</summary>
    public static IEnumerable<StepReceipt> NewestFirst(ActionReceipt receipt) =>
        receipt.Steps.Reverse().Where(step => step.Outcome is StepOutcome.Applied);

    /// <summary>The step that undoes one of a receipt, under the same key.</summary>
    public static Step Of(StepReceipt done, string call, string summary) => new(done.Key, call, done.Resource, summary);

    /// <summary>Records that something done is not undone, and why.</summary>
    public static void Skip(ActionRun run, StepReceipt done, string reason) => run.Skip(Of(done, done.Call, $"Not undone: {done.Summary}"), reason);
}
