namespace ResponseKit.Infra.Settings;

/// <summary>What was given with <c>-c</c> cannot be deployed. The message names everything that is wrong, and what is accepted.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public SettingsException(IEnumerable<string> problems)
        : base(string.Join('\n', problems))
    {
    }

    /// <summary>Says what is wrong.</summary>
    public SettingsException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and why.</summary>
    public SettingsException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Says that something is wrong.</summary>
    public SettingsException()
        : this("The settings cannot be deployed.")
    {
    }
}
