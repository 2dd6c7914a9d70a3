using System.Collections.Immutable;

namespace ResponseKit.Correlation.Patterns;

/// <summary>Every pattern there is, found by looking for the classes that implement <see cref="IPattern"/>.</summary>
public static class PatternCatalogue
{
    /// <summary>All patterns, by id.</summary>
    public static ImmutableArray<PatternDescriptor> All { get; } =
        [.. Discovered<IPattern>.All.Select(pattern => pattern.Descriptor).OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)];
}
