namespace ResponseKit.Emulator;

/// <summary>The emulator cannot be started on this machine. The message says what is missing and the one command that remedies it.</summary>
public sealed class EmulatorUnavailableException : Exception
{
    /// <summary>Makes the error.</summary>
    public EmulatorUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with what caused it.</summary>
    public EmulatorUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
