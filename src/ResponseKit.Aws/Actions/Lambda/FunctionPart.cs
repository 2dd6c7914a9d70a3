using Amazon.Lambda;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>One of the ways by which a function is called, and how it is shut.</summary>
internal abstract class FunctionPart(ActionRun run)
{
    /// <summary>What the keys of its steps begin with.</summary>
    public abstract string Kind { get; }

    protected ActionRun Run { get; } = run;

    protected IAmazonLambda Lambda { get; } = run.Aws.Lambda(run.Region);

    protected string Name => Run.Target.Name;

    /// <summary>What is to be shut, with its state.</summary>
    public abstract Task<IReadOnlyList<Wanted>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Opens again what one step shut.</summary>
    public abstract Task UndoAsync(StepReceipt done, CancellationToken cancellationToken);
}
