using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Deployment.OwnHarm;

namespace ResponseKit.Deployment;

/// <summary>The parts that judge and act: functions, state machine.</summary>
internal static class OwnFunctions
{
    private const string Ours = DeployedNames.Prefix;

    // What may be set without changing what runs, as whom, and with which settings.
    private static readonly string[] HarmlessOfFunctions = ["description", "functionName", "loggingConfig", "revisionId", "tracingConfig"];

    public static ImmutableArray<OwnPart> All { get; } =
    [
        new("functions", "the function", "lambda", EventSources.Lambda)
        {
            Types = ["AWS::Lambda::Function", "AWS::Lambda::EventInvokeConfig", "AWS::Lambda::Permission"],
            Fields = ["functionName", "functionArn", "resource"],
            Prefixes = ["function:"],
            Resources = [$"function:{Ours}-*"],
            IsKnown = (name, deployment, _) => deployment.HasFunction(name),
            HidesRefused = true,
            Example = $"\"functionName\":\"{Ours}-triage\",\"reservedConcurrentExecutions\":0,\"handler\":\"x\"",
            Calls =
            [
                new("DeleteFunction", Breaks), new("UpdateFunctionCode", Breaks), new("PutFunctionCodeSigningConfig", Breaks), new("RemovePermission", Breaks),
                new("UpdateFunctionConfiguration", Breaks) { ByRequest = request => request.Members.All(member => HarmlessOfFunctions.Contains(member.Name)) ? Weakens : Breaks },
                new("PutFunctionConcurrency", Breaks) { ByRequest = request => request["reservedConcurrentExecutions"].Number is > 0 ? Weakens : Breaks },
                new("PutFunctionEventInvokeConfig", Breaks), new("UpdateFunctionEventInvokeConfig", Breaks), new("DeleteFunctionEventInvokeConfig", Breaks),
                new("AddPermission", Weakens), new("CreateEventSourceMapping", Weakens), new("CreateFunctionUrlConfig", Weakens), new("DeleteEventSourceMapping", Weakens),
                new("DeleteFunctionCodeSigningConfig", Weakens), new("DeleteFunctionConcurrency", Weakens), new("DeleteProvisionedConcurrencyConfig", Weakens),
                new("PutFunctionRecursionConfig", Weakens), new("PutProvisionedConcurrencyConfig", Weakens), new("PutRuntimeManagementConfig", Weakens),
                new("UpdateEventSourceMapping", Weakens), new("UpdateFunctionUrlConfig", Weakens),
            ],
            Denied = ["Add*", "Create*", "Delete*", "Put*", "Remove*", "Update*"],
        },
        new("state-machine", "the state machine", "states", EventSources.StepFunctions)
        {
            Types = ["AWS::StepFunctions::StateMachine"],
            Fields = ["stateMachineArn", "executionArn"],
            Prefixes = ["stateMachine:", "execution:"],
            Resources = [$"stateMachine:{DeployedNames.StateMachine}", $"execution:{DeployedNames.StateMachine}:*"],
            IsKnown = (name, _, _) => name == DeployedNames.StateMachine,
            Example = $"\"stateMachineArn\":\"arn:aws:states:us-east-1:111122223333:stateMachine:{DeployedNames.StateMachine}\","
                + $"\"executionArn\":\"arn:aws:states:us-east-1:111122223333:execution:{DeployedNames.StateMachine}:x\"",
            Calls = [new("DeleteStateMachine", Breaks), new("StopExecution", Breaks), new("UpdateStateMachine", Breaks)],
            Denied = ["Delete*", "StopExecution", "Update*"],
        },
    ];
}
