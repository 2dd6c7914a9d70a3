namespace Amazon.Lambda.Core;

/// <summary>Writes to the function's log stream.</summary>
public interface ILambdaLogger
{
    void Log(string message);

    void LogLine(string message);

    void Log(string level, string message) => LogLine(message);

    void LogInformation(string message) => Log("Information", message);

    void LogWarning(string message) => Log("Warning", message);

    void LogError(string message) => Log("Error", message);
}
