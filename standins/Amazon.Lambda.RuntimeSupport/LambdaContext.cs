using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An invocation, from the headers with which the Runtime API announced it and the environment that Lambda sets.</summary>
internal sealed class LambdaContext : ILambdaContext
{
    private readonly DateTimeOffset deadline;

    public LambdaContext(Func<string, string> header)
    {
        AwsRequestId = header("Lambda-Runtime-Aws-Request-Id");
        InvokedFunctionArn = header("Lambda-Runtime-Invoked-Function-Arn");
        TraceId = header("Lambda-Runtime-Trace-Id");
        deadline = long.TryParse(header("Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
        Logger = new LambdaConsoleLogger(AwsRequestId);
    }

    public string AwsRequestId { get; }

    public string FunctionName => Setting("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Setting("AWS_LAMBDA_FUNCTION_VERSION");

    public string InvokedFunctionArn { get; }

    public ILambdaLogger Logger { get; }

    public string LogGroupName => Setting("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Setting("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB => int.TryParse(Setting("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 0;

    public TimeSpan RemainingTime => deadline - DateTimeOffset.UtcNow;

    public string TraceId { get; }

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name);
}
