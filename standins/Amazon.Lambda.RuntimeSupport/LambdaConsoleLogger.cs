using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Writes an invocation's log lines.</summary>
internal sealed class LambdaConsoleLogger(string requestId) : ILambdaLogger
{
    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => LogWriter.Default.Write(LogLevel.Information, requestId, message);

    public void Log(string level, string message) => LogWriter.Default.Write(LogWriter.Parse(level) ?? LogLevel.Information, requestId, message);
}
