using System.Collections.Immutable;

namespace ResponseKit.Detections;

/// <summary>Every detection there is, found by looking for the classes that implement <see cref="IDetection"/> or <see cref="IConfiguredDetection"/>.</summary>
public static class DetectionCatalogue
{
    /// <summary>All detections, by id.</summary>
    public static ImmutableArray<IConfiguredDetection> All { get; } =
        [.. Discovered<IConfiguredDetection>.All.OrderBy(detection => detection.Descriptor.Id, StringComparer.Ordinal)];
}
