namespace ResponseKit.Detections.Costs;

/// <summary>
/// What a call that took effect costs from then on, as a list price for an hour. Good to a factor of two, which is enough to tell tens from thousands.
/// </summary>
/// <param name="UsdPerHour">What runs because of it, in US dollars an hour; zero while it is not known what it is that runs: see <see cref="Uses"/>.</param>
public sealed record Cost(decimal UsdPerHour)
{
    /// <summary>What it may grow to by itself, in US dollars an hour, where the call sets a higher limit; else null.</summary>
    public decimal? MostUsdPerHour { get; init; }

    /// <summary>Whether the price of what runs was estimated from its size, because it stands in no list.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>The launch template or task definition of which <see cref="Units"/> are run, as the call names it; null where the price is known.</summary>
    public string? Uses { get; init; }

    /// <summary>
    /// What was set to this size, where the call changes a setting rather than adding something: setting it again replaces what it cost. Null where each call adds.
    /// </summary>
    public string? Sets { get; init; }

    /// <summary>How many of it are run.</summary>
    public long Units { get; init; }

    /// <summary>How many of it may run, where the call sets a higher limit.</summary>
    public long MostUnits { get; init; }

    /// <summary>The names of the launch template or task definition that the call made, of which one costs <see cref="UnitUsdPerHour"/>; empty for anything else.</summary>
    public IReadOnlyList<string> Defines { get; init; } = [];

    /// <summary>What one of <see cref="Defines"/> costs an hour.</summary>
    public decimal UnitUsdPerHour { get; init; }
}
