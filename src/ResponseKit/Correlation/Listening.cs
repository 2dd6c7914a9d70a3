using System.Collections.Frozen;
using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>Which detections and lineage readers listen to a record, found by the called service: each listens to few.</summary>
internal static class Listening
{
    private static readonly FrozenDictionary<string, Listeners> BySource = DetectionCatalogue.All
        .SelectMany(detection => detection.Descriptor.Selectors)
        .Concat(LineageCatalogue.All.SelectMany(reader => reader.Selectors))
        .Select(selector => selector.EventSource)
        .Distinct(StringComparer.Ordinal)
        .ToFrozenDictionary(source => source, Listeners.Of, StringComparer.Ordinal);

    private static readonly Listeners ToEverything = Listeners.Of("*");

    /// <summary>Those that listen to the record.</summary>
    public static (ImmutableArray<IDetection> Detections, ImmutableArray<ILineageReader> Readers) To(CloudTrailRecord record)
    {
        var of = BySource.GetValueOrDefault(record.EventSource) ?? ToEverything;
        return (
            [.. of.Detections.Where(detection => Listens(detection.Descriptor.Selectors, record))],
            [.. of.Readers.Where(reader => Listens(reader.Selectors, record))]);
    }

    private static bool Listens(ImmutableArray<Selector> selectors, CloudTrailRecord record)
    {
        foreach (var selector in selectors)
        {
            if (selector.Accepts(record))
                return true;
        }

        return false;
    }

    private sealed record Listeners(ImmutableArray<IDetection> Detections, ImmutableArray<ILineageReader> Readers)
    {
        public static Listeners Of(string source) => new(
            [.. DetectionCatalogue.All.Where(detection => detection.Descriptor.Selectors.Any(selector => selector.EventSource == source || selector.EventSource == "*"))],
            [.. LineageCatalogue.All.Where(reader => reader.Selectors.Any(selector => selector.EventSource == source || selector.EventSource == "*"))]);
    }
}
