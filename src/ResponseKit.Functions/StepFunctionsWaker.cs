using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace ResponseKit.Functions;

/// <summary>Gives tokens back to Step Functions. The output says nothing: what was decided is in the table.</summary>
/// <param name="steps">Step Functions in the state machine's region.</param>
internal sealed class StepFunctionsWaker(IAmazonStepFunctions steps) : IResponseWaker
{
    /// <inheritdoc/>
    public async Task<bool> WakeAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            await steps.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = token, Output = "{}" }, cancellationToken);
            return true;
        }
        catch (Exception error) when (error is TaskTimedOutException or TaskDoesNotExistException or InvalidTokenException)
        {
            return false;
        }
    }
}
