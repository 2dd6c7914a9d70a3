using System.Collections.Immutable;

namespace ResponseKit.Correlation;

/// <summary>Every lineage reader there is, found by looking for the classes that implement <see cref="ILineageReader"/>.</summary>
public static class LineageCatalogue
{
    /// <summary>All readers, by class name.</summary>
    public static ImmutableArray<ILineageReader> All { get; } = Discovered<ILineageReader>.All;
}
