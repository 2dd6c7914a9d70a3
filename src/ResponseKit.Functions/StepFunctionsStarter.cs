using System.Globalization;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>
/// Starts responses as executions of the state machine. An execution is named after the incident's round, and Step Functions runs one a name
/// (Step Functions API Reference, "StartExecution"). One that has failed by itself is followed by another, which goes on where it was; and so is one that
/// has succeeded although the incident is still under way, for its last step ends the round: an old state of the incident was put back.
/// </summary>
/// <param name="steps">Step Functions in the state machine's region.</param>
/// <param name="stateMachine">The state machine's ARN.</param>
public sealed class StepFunctionsStarter(IAmazonStepFunctions steps, string stateMachine) : IResponseStarter
{
    private const int MostAttempts = 5;

    /// <inheritdoc/>
    public async Task<ResponseStart> StartAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        var input = string.Create(CultureInfo.InvariantCulture, $$"""{"incident":"{{record.Incident.Id}}","round":{{record.Round}}}""");
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var name = attempt == 1 ? record.ResponseName : string.Create(CultureInfo.InvariantCulture, $"{record.ResponseName}-attempt-{attempt}");
            try
            {
                await steps.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = stateMachine, Name = name, Input = input }, cancellationToken);
                return new ResponseStart.UnderWay();
            }
            catch (ExecutionAlreadyExistsException)
            {
                var status = await StatusAsync(name, cancellationToken);
                if (status == ExecutionStatus.ABORTED)
                {
                    return new ResponseStart.NotStarted(
                        $"A person has stopped its response (execution {name}). Contain the actor yourself with the action functions, starting with the identity.");
                }

                var isPutBack = status == ExecutionStatus.SUCCEEDED && record.IsOverdue;
                if (status != ExecutionStatus.FAILED && status != ExecutionStatus.TIMED_OUT && !isPutBack)
                    return new ResponseStart.UnderWay();
            }
        }

        return new ResponseStart.NotStarted(
            $"Its response was started {MostAttempts} times and failed each time (executions {record.ResponseName}…). "
            + "See what failed in the state machine's executions, and contain the actor yourself with the action functions, starting with the identity.");
    }

    // arn:aws:states:REGION:ACCOUNT:stateMachine:NAME has executions arn:aws:states:REGION:ACCOUNT:execution:NAME:EXECUTION.
    private async Task<ExecutionStatus> StatusAsync(string name, CancellationToken cancellationToken)
    {
        var request = new DescribeExecutionRequest { ExecutionArn = $"{stateMachine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}" };
        return (await steps.DescribeExecutionAsync(request, cancellationToken)).Status;
    }
}
