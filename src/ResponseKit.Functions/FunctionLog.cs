using System.Text;
using System.Text.Json;

namespace ResponseKit.Functions;

/// <summary>How much a log line matters.</summary>
public enum LogSeverity
{
    /// <summary>What was done.</summary>
    Information,

    /// <summary>What was not done, and deliberately so.</summary>
    Warning,

    /// <summary>What failed.</summary>
    Error,
}

/// <summary>
/// Writes log lines as one JSON object each, so that CloudWatch Logs Insights can ask for their fields. Values come from outside: JSON's escapes
/// keep each on its line, and long ones are cut.
/// </summary>
/// <param name="write">Takes a line without line end.</param>
public sealed class FunctionLog(Action<LogSeverity, string> write)
{
    private const int LongestValue = 2_000;

    /// <summary>A log that keeps nothing.</summary>
    public static FunctionLog None { get; } = new((_, _) => { });

    /// <summary>Writes a line.</summary>
    /// <param name="severity">How much it matters.</param>
    /// <param name="what">What happened, as a fixed name such as <c>triage.rejected</c>.</param>
    /// <param name="facts">What else is worth knowing; null values are left out. Never a secret.</param>
    public void Write(LogSeverity severity, string what, params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("level", severity.ToString().ToLowerInvariant());
            json.WriteString("what", what);
            foreach (var (name, value) in facts)
            {
                if (value is not null)
                    json.WriteString(name, value.Length <= LongestValue ? value : value[..LongestValue] + "…");
            }

            json.WriteEndObject();
        }

        write(severity, Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
