using System.Text;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Writes log lines to standard output, which Lambda carries to CloudWatch Logs, in the format and from the level that the function's logging
/// configuration asks for (Lambda Developer Guide, "Configuring advanced logging controls for Lambda functions").
/// </summary>
internal sealed class LogWriter(string format, string level)
{
    private readonly bool json = string.Equals(format, "JSON", StringComparison.OrdinalIgnoreCase);
    private readonly LogLevel least = Parse(level) ?? LogLevel.Information;

    public static LogWriter Default { get; } = new(
        Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));

    public void Write(LogLevel level, string requestId, string message) => Write(level, requestId, message, null);

    public void Write(LogLevel level, string requestId, string message, Exception error)
    {
        if (level < least)
            return;
        var time = $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ}";
        Console.WriteLine(json ? Json(time, level, requestId, message, error) : $"{time}\t{requestId}\t{Label(level)}\t{message ?? error?.ToString()}");
    }

    /// <summary>A level by .NET's name or by Lambda's; null for any other text.</summary>
    public static LogLevel? Parse(string text) => text?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" or "INFORMATION" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" or "CRITICAL" => LogLevel.Critical,
        _ => null,
    };

    private static string Label(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    private static string Json(string time, LogLevel level, string requestId, string message, Exception error)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", time);
            writer.WriteString("level", level.ToString());
            if (!string.IsNullOrEmpty(requestId))
                writer.WriteString("requestId", requestId);
            if (Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID") is { Length: > 0 } trace)
                writer.WriteString("traceId", trace);
            writer.WriteString("message", message);
            if (error != null)
            {
                writer.WriteString("errorType", error.GetType().FullName);
                writer.WriteString("errorMessage", error.Message);
                writer.WriteStartArray("stackTrace");
                foreach (var line in error.ToString().Split('\n'))
                    writer.WriteStringValue(line.Trim());
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
