using System.Text;
using System.Text.Json;

namespace ResponseKit.Emulator.RuntimeApi;

/// <summary>What a function sent back for one invocation, or for its start.</summary>
/// <param name="Succeeded">Whether it is an answer, not an error.</param>
/// <param name="Body">The answer, or the error as the runtime describes it.</param>
/// <param name="ErrorType">The error's type as the header says.</param>
public sealed record FunctionAnswer(bool Succeeded, byte[] Body, string? ErrorType)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>An error as Lambda describes it when it is not the function that does.</summary>
    public static FunctionAnswer Error(string type, string message) =>
        new(Succeeded: false, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { ["errorType"] = type, ["errorMessage"] = message }), type);
}
