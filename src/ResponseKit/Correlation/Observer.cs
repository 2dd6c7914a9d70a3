using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>Looks at one record with every detection and lineage reader that listens to it.</summary>
public static class Observer
{
    /// <summary>Every call that anything listens to, one selector a service and kind of call: what EventBridge has to deliver.</summary>
    public static ImmutableArray<Selector> Selectors { get; } =
    [
        .. DetectionCatalogue.All.SelectMany(detection => detection.Descriptor.Selectors)
            .Concat(LineageCatalogue.All.SelectMany(reader => reader.Selectors))
            .GroupBy(selector => (selector.EventSource, selector.ReadOnly))
            .OrderBy(group => group.Key.EventSource, StringComparer.Ordinal).ThenBy(group => group.Key.ReadOnly)
            .Select(group => new Selector(group.Key.EventSource, Names(group), group.Key.ReadOnly)),
    ];

    /// <summary>
    /// What there is to keep of the record; null when there is nothing, and for actors that are not judged: services, service-linked
    /// roles, responders, and ResponseKit itself, whose own calls come back as records.
    /// </summary>
    public static Observation? Observe(CloudTrailRecord record, ResponsePolicy policy)
    {
        if (!IsJudged(record.Actor, policy.Guards))
            return null;
        ImmutableArray<Signal> signals = [.. DetectionCatalogue.All.Select(detection => SignalOf(detection, record, policy.Detections)).OfType<Signal>()];
        var readers = record.Outcome.TookEffect ? LineageCatalogue.All.Where(reader => Listens(reader.Selectors, record)).ToList() : [];
        ImmutableArray<LineageEntry> lineage = [.. readers.SelectMany(reader => reader.Read(record))];
        ImmutableArray<CaseLink> links = [.. readers.Where(_ => IsOurs(record.Actor)).SelectMany(reader => reader.Links(record))];
        return signals.IsEmpty && lineage.IsEmpty && links.IsEmpty
            ? null
            : new Observation(record.EventId, record.Time, record.Actor, record.AccessKeyId, record.Region, signals, lineage, links);
    }

    private static Signal? SignalOf(IDetection detection, CloudTrailRecord record, DetectionSettings settings) =>
        Listens(detection.Descriptor.Selectors, record) && detection.Evaluate(record, settings) is { } finding
            ? new Signal(
                detection.Descriptor.Id, detection.Descriptor.Category, record.EventId, record.Time, record.Actor, record.Region, record.Outcome, finding)
            : null;

    private static bool IsJudged(Actor actor, GuardSettings guards) =>
        actor is not (Actor.Service or Actor.Role { IsServiceLinked: true })
        && !PrincipalPattern.MatchesAny(guards.ResponsekitRoles, actor)
        && !PrincipalPattern.MatchesAny(guards.Responders, actor);

    // Of a principal of another account there is a second record, in that account, that says better who it is.
    private static bool IsOurs(Actor actor) => actor is not (Actor.External or Actor.Unknown);

    private static bool Listens(ImmutableArray<Selector> selectors, CloudTrailRecord record) => selectors.Any(selector => selector.Accepts(record));

    private static ImmutableArray<string> Names(IEnumerable<Selector> selectors) =>
        [.. selectors.SelectMany(selector => selector.EventNames).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
