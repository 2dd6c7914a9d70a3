using ResponseKit.Response;

namespace ResponseKit.Aws.Execution;

/// <summary>
/// One response to one sort of resource. Classes that implement this are found by themselves (<c>ActionCatalogue</c>); they need a
/// constructor without parameters and keep no state: a warm Lambda reuses them.
/// </summary>
public interface IResponseAction
{
    /// <summary>What it is, and what it may call.</summary>
    ActionDescriptor Descriptor { get; }

    /// <summary>
    /// Plans or applies, as the run's mode says: every change goes through <see cref="ActionRun.StepAsync"/>, which makes the call
    /// only when applying. So a plan is the very code that applies, under a role that cannot write.
    /// Doing it twice is the same as doing it once.
    /// </summary>
    Task ApplyAsync(ActionRun run, CancellationToken cancellationToken);

    /// <summary>Reads whether what was applied still holds, and reports what does not through <see cref="ActionRun.Broken"/>.</summary>
    Task VerifyAsync(ActionRun run, CancellationToken cancellationToken);

    /// <summary>Puts back what the receipt says was changed, newest first, through <see cref="ActionRun.StepAsync"/>.</summary>
    Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken);
}
