using System.Collections.Immutable;
using System.Reflection;

namespace ResponseKit.Correlation;

/// <summary>Every lineage reader there is, found by looking for the classes that implement <see cref="ILineageReader"/>.</summary>
public static class LineageCatalogue
{
    /// <summary>All readers, by class name.</summary>
    public static ImmutableArray<ILineageReader> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ILineageReader)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (ILineageReader)Activator.CreateInstance(type)!),
    ];
}
