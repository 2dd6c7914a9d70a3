namespace ResponseKit.Response.Execution;

/// <summary>How a step ended, with the answer when the call was made and succeeded.</summary>
/// <typeparam name="TResponse">The SDK's response type.</typeparam>
/// <param name="Outcome">How it ended.</param>
/// <param name="Response">AWS's answer; null when the call was not made or failed.</param>
public sealed record StepResult<TResponse>(StepOutcome Outcome, TResponse? Response)
    where TResponse : class
{
    /// <summary>Whether the wanted state is in place now; also true of a plan, which assumes that its steps would succeed.</summary>
    public bool IsInPlace => Outcome is StepOutcome.Applied or StepOutcome.AlreadyInPlace or StepOutcome.Planned;
}
