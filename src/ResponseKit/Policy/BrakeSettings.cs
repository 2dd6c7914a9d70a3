namespace ResponseKit.Policy;

/// <summary>How long what is braked stays so.</summary>
public sealed record BrakeSettings
{
    /// <summary>After so many minutes a brake ends by itself, unless something new takes effect meanwhile.</summary>
    public int Minutes { get; init; } = 60;

    /// <summary>However often it is drawn out, it ends after so many minutes at the latest; and none begins within twelve hours after that.</summary>
    public int LongestMinutes { get; init; } = 240;
}
