using System.Collections.Immutable;

namespace ResponseKit.Correlation.Patterns;

/// <summary>Every pattern there is.</summary>
public static class PatternCatalogue
{
    /// <summary>All patterns, by id.</summary>
    public static ImmutableArray<PatternDescriptor> All { get; } =
        [.. PatternScan.Create(_ => false).Select(pattern => pattern.Descriptor).OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)];
}
