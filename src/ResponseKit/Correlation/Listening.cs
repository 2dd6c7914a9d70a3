using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Sharing;

namespace ResponseKit.Correlation;

/// <summary>Which detections and lineage readers listen to a record, found by service and operation: each listens to few, and there are very many records.</summary>
internal static class Listening
{
    private static readonly Dictionary<string, Lazy<Listeners>> BySource = AllSelectors()
        .Select(selector => selector.EventSource)
        .Distinct(StringComparer.Ordinal)
        .ToDictionary(source => source, source => new Lazy<Listeners>(() => new(source)), StringComparer.Ordinal);

    private static readonly Listeners ToEverything = new("*");

    private static readonly ImmutableArray<IConfiguredDetection> ByIdentity =
        [.. DetectionCatalogue.All.Where(detection => detection.Descriptor.Selectors.Any(selector => selector.IdentityType is not null))];

    /// <summary>Those that listen to the record.</summary>
    public static Found To(CloudTrailRecord record)
    {
        var found = (BySource.GetValueOrDefault(record.EventSource)?.Value ?? ToEverything).To(record.EventName);
        foreach (var detection in ByIdentity)
        {
            if (Listens(detection.Descriptor.Selectors, record) && !found.Detections.Contains(detection))
                found = found with { Detections = found.Detections.Add(detection) };
        }

        return found;
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

    /// <summary>What listens to something.</summary>
    internal sealed record Found(ImmutableArray<IConfiguredDetection> Detections, ImmutableArray<ILineageReader> Readers);

    /// <summary>Those that listen to calls of one service, by the operation's name with a version or without.</summary>
    private sealed class Listeners
    {
        private readonly RecentTexts<Found> byName;

        public Listeners(string source)
        {
            bool Concerns(Selector selector) => selector.IdentityType is null && selector.EventSource == source;
            var detections = DetectionCatalogue.All.RemoveAll(detection => !detection.Descriptor.Selectors.Any(Concerns));
            var readers = LineageCatalogue.All.RemoveAll(reader => !reader.Selectors.Any(Concerns));
            byName = new(name =>
            {
                bool Means(Selector selector) => Concerns(selector) && selector.Means(name);
                return new(
                    detections.RemoveAll(detection => !detection.Descriptor.Selectors.Any(Means)),
                    readers.RemoveAll(reader => !reader.Selectors.Any(Means)));
            });
        }

        public Found To(string eventName) => byName.Of(eventName);
    }
}
