using System.Collections.Frozen;
using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Sharing;

namespace ResponseKit.Correlation;

/// <summary>Which detections and lineage readers listen to a record, found by service and operation: each listens to few, and there are very many records.</summary>
internal static class Listening
{
    private static readonly FrozenDictionary<string, Listeners> BySource = AllSelectors()
        .Select(selector => selector.EventSource)
        .Distinct(StringComparer.Ordinal)
        .ToFrozenDictionary(source => source, source => new Listeners(source), StringComparer.Ordinal);

    private static readonly Listeners ToEverything = new("*");

    private static readonly ImmutableArray<IDetection> ByIdentity =
        [.. DetectionCatalogue.All.Where(detection => detection.Descriptor.Selectors.Any(selector => selector.IdentityType is not null))];

    /// <summary>Those that listen to the record.</summary>
    public static (ImmutableArray<IDetection> Detections, ImmutableArray<ILineageReader> Readers) To(CloudTrailRecord record)
    {
        var (detections, readers) = (BySource.GetValueOrDefault(record.EventSource) ?? ToEverything).To(record);
        foreach (var detection in ByIdentity)
        {
            if (Listens(detection.Descriptor.Selectors, record) && !detections.Contains(detection))
                detections = detections.Add(detection);
        }

        return (detections, readers);
    }

    private static IEnumerable<Selector> AllSelectors() => DetectionCatalogue.All.SelectMany(detection => detection.Descriptor.Selectors)
        .Concat(LineageCatalogue.All.SelectMany(reader => reader.Selectors));

    private static bool Listens(ImmutableArray<Selector> selectors, CloudTrailRecord record)
    {
        foreach (var selector in selectors)
        {
            if (selector.Accepts(record))
                return true;
        }

        return false;
    }

    /// <summary>Those that listen to calls of one service.</summary>
    private sealed class Listeners
    {
        private readonly ImmutableArray<IDetection> detections;
        private readonly ImmutableArray<ILineageReader> readers;
        private readonly FrozenDictionary<string, (ImmutableArray<IDetection> Detections, ImmutableArray<ILineageReader> Readers)> byName;

        // Some services put a version behind the name.
        private readonly RecentTexts<(ImmutableArray<IDetection> Detections, ImmutableArray<ILineageReader> Readers)> withVersion;

        public Listeners(string source)
        {
            bool Concerns(Selector selector) => selector.IdentityType is null && (selector.EventSource == source || selector.EventSource == "*");
            detections = [.. DetectionCatalogue.All.Where(detection => detection.Descriptor.Selectors.Any(Concerns))];
            readers = [.. LineageCatalogue.All.Where(reader => reader.Selectors.Any(Concerns))];
            byName = AllSelectors().Where(Concerns).SelectMany(selector => selector.EventNames).Distinct(StringComparer.Ordinal)
                .ToFrozenDictionary(name => name, Named, StringComparer.Ordinal);
            withVersion = new(Named);

            (ImmutableArray<IDetection> Detections, ImmutableArray<ILineageReader> Readers) Named(string name)
            {
                bool Means(Selector selector) => Concerns(selector) && selector.Means(name);
                return (
                    detections.RemoveAll(detection => !detection.Descriptor.Selectors.Any(Means)),
                    readers.RemoveAll(reader => !reader.Selectors.Any(Means)));
            }
        }

        public (ImmutableArray<IDetection> Detections, ImmutableArray<ILineageReader> Readers) To(CloudTrailRecord record) =>
            byName.TryGetValue(record.EventName, out var found) ? found : withVersion.Of(record.EventName);
    }
}
