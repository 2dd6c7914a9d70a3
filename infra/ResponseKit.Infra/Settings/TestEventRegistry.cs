namespace ResponseKit.Infra.Settings;

/// <summary>
/// What becomes of the console's shareable test events. Lambda keeps them in a schema registry of a fixed name (Lambda Developer Guide, "Testing Lambda
/// functions in the console"), which is there already where somebody has ever saved one.
/// </summary>
public enum TestEventRegistry
{
    /// <summary>The deployment makes the registry.</summary>
    New,

    /// <summary>The registry is there.</summary>
    Existing,

    /// <summary>There are no test events.</summary>
    Off,
}
