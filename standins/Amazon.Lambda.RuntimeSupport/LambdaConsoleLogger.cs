using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Writes log lines to standard output, which Lambda carries to CloudWatch Logs, in the text format of the managed runtime.</summary>
internal sealed class LambdaConsoleLogger(string requestId) : ILambdaLogger
{
    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => Log("Information", message);

    public void Log(string level, string message) =>
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}\t{requestId}\t{Label(level)}\t{message}");

    private static string Label(string level) => level switch
    {
        "Information" => "info",
        "Warning" => "warn",
        "Error" => "fail",
        _ => level,
    };
}
