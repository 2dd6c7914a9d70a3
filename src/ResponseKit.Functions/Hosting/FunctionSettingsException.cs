namespace ResponseKit.Functions.Hosting;

/// <summary>A function cannot start as it is set up. Nothing was done.</summary>
public sealed class FunctionSettingsException : Exception
{
    /// <summary>Makes the error from everything that is wrong.</summary>
    public FunctionSettingsException(IEnumerable<string> problems)
        : base("This function is not set up rightly and does not start. " + string.Join(' ', problems))
    {
    }
}
