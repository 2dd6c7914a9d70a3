namespace Amazon.Lambda.Core;

/// <summary>What the runtime tells a function of its invocation and of itself.</summary>
public interface ILambdaContext
{
    string AwsRequestId { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>The time until Lambda ends the process; negative when it is past.</summary>
    TimeSpan RemainingTime { get; }

    string TraceId => null;
}
