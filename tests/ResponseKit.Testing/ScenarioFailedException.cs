namespace ResponseKit.Testing;

/// <summary>Names the scenario in which something failed.</summary>
public sealed class ScenarioFailedException : Exception
{
    public ScenarioFailedException(string scenario, Exception inner)
        : base($"In the scenario '{scenario}': {inner.Message}", inner)
    {
    }
}
