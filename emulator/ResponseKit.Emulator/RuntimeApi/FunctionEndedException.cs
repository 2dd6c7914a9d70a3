namespace ResponseKit.Emulator.RuntimeApi;

/// <summary>A function's process ended instead of answering.</summary>
/// <param name="exitCode">Its exit code.</param>
/// <param name="log">What it had said.</param>
public sealed class FunctionEndedException(int exitCode, string log) : Exception($"The function ended with {exitCode} instead of answering:\n{log}")
{
    /// <summary>Its exit code.</summary>
    public int ExitCode => exitCode;
}
