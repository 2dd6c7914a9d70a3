using System.Collections.Immutable;
using System.Reflection;

namespace ResponseKit.Detections;

/// <summary>Every detection there is, found by looking for the classes that implement <see cref="IDetection"/>.</summary>
public static class DetectionCatalogue
{
    /// <summary>All detections, by id.</summary>
    public static ImmutableArray<IDetection> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IDetection)))
            .Select(type => (IDetection)Activator.CreateInstance(type)!)
            .OrderBy(detection => detection.Descriptor.Id, StringComparer.Ordinal),
    ];
}
