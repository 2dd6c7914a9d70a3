namespace ResponseKit.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>Done, and all is well.</summary>
    public const int Success = 0;

    /// <summary>Done, and something is not as it should be: a check failed, a step of an undo failed.</summary>
    public const int Failed = 1;

    /// <summary>Replayed, and there are incidents.</summary>
    public const int Found = 1;

    /// <summary>Not done: wrong use, or something that is needed is missing. The message says what.</summary>
    public const int CannotRun = 2;
}
