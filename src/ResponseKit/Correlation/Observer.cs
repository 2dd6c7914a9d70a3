using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Text;

namespace ResponseKit.Correlation;

/// <summary>Looks at one record with every detection and lineage reader that listens to it.</summary>
public static class Observer
{
    /// <summary>Every call that anything listens to, one selector a service, kind of call and type of caller: what EventBridge has to deliver.</summary>
    public static ImmutableArray<Selector> Selectors { get; } =
    [
        .. DetectionCatalogue.All.SelectMany(detection => detection.Descriptor.Selectors)
            .Concat(LineageCatalogue.All.SelectMany(reader => reader.Selectors))
            .GroupBy(selector => (selector.EventSource, selector.ReadOnly, selector.IdentityType))
            .OrderBy(group => group.Key.EventSource, StringComparer.Ordinal).ThenBy(group => group.Key.ReadOnly)
            .ThenBy(group => group.Key.IdentityType, StringComparer.Ordinal)
            .Select(group => new Selector(group.Key.EventSource, Names(group), group.Key.ReadOnly) { IdentityType = group.Key.IdentityType }),
    ];

    /// <summary>The calls that are looked at though a service makes them: what another detector found is about somebody, whoever wrote it down.</summary>
    public static ImmutableArray<Selector> SelectorsOfServices { get; } =
    [
        .. DetectionCatalogue.All.Where(detection => detection.Descriptor.Category == SignalCategory.ExternalFinding)
            .SelectMany(detection => detection.Descriptor.Selectors),
    ];

    /// <summary>
    /// What there is to keep of the record; null when there is nothing, and for actors that are not judged: services, service-linked
    /// roles, responders, and ResponseKit itself, whose own calls come back as records. Where a finding is about somebody else than the
    /// caller, as with AWS's quarantine of a key, the observation is about that one, whoever called.
    /// </summary>
    public static Observation? Observe(CloudTrailRecord record, ResponsePolicy policy)
    {
        var isJudged = IsJudged(record, policy.Guards);
        var (detections, allReaders) = Listening.To(record);
        // Of services' calls, which are very many, only what another detector found can be about somebody.
        if (!isJudged)
            detections = detections.RemoveAll(detection => detection.Descriptor.Category != SignalCategory.ExternalFinding);
        var signals = SignalsOf(detections, record, policy);
        if (OtherThan(record.Actor, signals) is { } subject)
            return Of(record, subject) with { Signals = About(subject, signals) };
        var readers = record.Outcome.TookEffect ? allReaders : [];
        // Most records that something listens to say nothing: they are to cost nothing more.
        if ((signals.IsEmpty && readers.IsEmpty) || !isJudged)
            return null;
        signals = About(record.Actor, signals);
        var (lineage, links) = (LineageOf(readers, record), LinksOf(readers, record));
        var changes = ChangesOf(readers, record);
        return signals.IsEmpty && lineage.IsEmpty && links.IsEmpty && changes.IsEmpty
            ? null
            : new(record.EventId, record.Time, record.Actor, record.AccessKeyId, record.Region, signals, lineage, links)
            {
                Changes = changes,
                Traits = Traits.Of(record),
                From = CallSource.Of(record),
                Session = SessionIdOf(record),
                PrincipalId = PrincipalIdOf(record),
            };
    }

    // These run for every record, nearly always over one thing or none; going through sequences would take longer than all else.
    private static ImmutableArray<Signal> SignalsOf(ImmutableArray<IConfiguredDetection> detections, CloudTrailRecord record, ResponsePolicy policy)
    {
        ImmutableArray<Signal> signals = [];
        foreach (var detection in detections)
        {
            if (SignalOf(detection, record, policy) is { } signal)
                signals = signals.Add(signal);
        }

        return signals;
    }

    private static Actor? OtherThan(Actor caller, ImmutableArray<Signal> signals)
    {
        foreach (var signal in signals)
        {
            if (!IsAbout(caller, signal))
                return signal.Actor;
        }

        return null;
    }

    private static ImmutableArray<Signal> About(Actor actor, ImmutableArray<Signal> signals)
    {
        foreach (var signal in signals)
        {
            if (!IsAbout(actor, signal))
                return [.. signals.Where(one => IsAbout(actor, one))];
        }

        return signals;
    }

    private static bool IsAbout(Actor actor, Signal signal) => ReferenceEquals(signal.Actor, actor) || signal.Actor.Key == actor.Key;

    private static ImmutableArray<LineageEntry> LineageOf(ImmutableArray<ILineageReader> readers, CloudTrailRecord record)
    {
        ImmutableArray<LineageEntry> lineage = [];
        foreach (var reader in readers)
            lineage = lineage.IsEmpty ? [.. reader.Read(record)] : lineage.AddRange(reader.Read(record));
        return lineage;
    }

    private static ImmutableArray<Change> ChangesOf(ImmutableArray<ILineageReader> readers, CloudTrailRecord record)
    {
        ImmutableArray<Change> changes = [];
        foreach (var reader in readers)
            changes = changes.AddRange(reader.Changes(record));
        return changes;
    }

    private static ImmutableArray<CaseLink> LinksOf(ImmutableArray<ILineageReader> readers, CloudTrailRecord record)
    {
        ImmutableArray<CaseLink> links = [];
        foreach (var reader in IsOurs(record.Actor) ? readers : [])
        {
            foreach (var link in reader.Links(record))
                // Whose session renamed somebody says nothing of what they do under the new name.
                links = links.Add(link.Kind == LinkKind.Renamed ? link : link with { Via = SessionOf(record), ViaSession = SessionIdOf(record), From = CallSource.Of(record) });
        }

        return links;
    }

    // Lasting keys belong to their user, who is the parent.
    private static string? SessionOf(CloudTrailRecord record) =>
        record.AccessKeyId?.StartsWith("ASIA", StringComparison.Ordinal) == true ? record.AccessKeyId : null;

    // "AROA…:name" (IAM User Guide, "IAM identifiers"); the name is the caller's choice, the id is not.
    private static string? SessionIdOf(CloudTrailRecord record) =>
        record.Actor is Actor.Role && record.Identity["principalId"].SharedText is { Length: <= 128 } id && id.StartsWith("AROA", StringComparison.Ordinal)
            && id.Contains(':', StringComparison.Ordinal) && id == Printable.Of(id, 128)
            ? id
            : null;

    // IAM User Guide, "Unique identifiers". A federated user's begins with the account instead.
    private static string? PrincipalIdOf(CloudTrailRecord record) => record.Actor switch
    {
        Actor.Role => SessionIdOf(record)?.Split(':')[0] is { } id && UniqueId.IsWhole(id) ? id : null,
        Actor.User => record.Identity["principalId"].SharedText is { } id && id.StartsWith("AIDA", StringComparison.Ordinal) && UniqueId.IsWhole(id) ? id : null,
        _ => null,
    };

    private static Observation Of(CloudTrailRecord record, Actor actor) => new(record.EventId, record.Time, actor, null, record.Region, [], [], []);

    private static Signal? SignalOf(IConfiguredDetection detection, CloudTrailRecord record, ResponsePolicy policy) =>
        detection.Evaluate(record, policy.Detections) is { } finding
            ? new Signal(
                detection.Descriptor.Id, detection.Descriptor.Category, record.EventId, record.Time, finding.About ?? record.Actor, record.Region,
                record.Outcome, SharedFindings.Of(Allowances.Apply(detection.Descriptor, Signed(finding with { ByHand = record.IsFromConsole }, detection.Descriptor, record), record, policy)))
            : null;

    // Of what only looks it matters with what sort of credential it was done. Reading what one's own program needs is no looking around.
    private static Finding Signed(Finding finding, DetectionDescriptor descriptor, CloudTrailRecord record) =>
        descriptor.Category == SignalCategory.Recon && !FoundCredential.IsForPrograms(descriptor.Id) ? finding.With(FoundCredential.Fact, FoundCredential.Of(record)) : finding;

    /// <summary>
    /// Whether what a record's caller does can be evidence against them. Services are not judged, nor are sessions of service-linked roles, of responders and
    /// of ResponseKit itself: sessions, by the role that issued them. Nobody is left out for a name that they could have been given.
    /// </summary>
    public static bool IsJudged(CloudTrailRecord record, GuardSettings guards) =>
        record.Actor is not Actor.Service
        && !(record.Actor is Actor.Role { IsServiceLinked: true } && Exemption.IsProven(record))
        && (record.Actor is not Actor.Role
            || (Exemption.Of(guards.ResponsekitRoles, record) is null && Exemption.Of(guards.Responders, record) is null));

    // Of a principal of another account there is a second record, in that account, that says better who it is.
    private static bool IsOurs(Actor actor) => actor is not (Actor.External or Actor.Unknown);

    private static ImmutableArray<string> Names(IEnumerable<Selector> selectors) =>
        [.. selectors.SelectMany(selector => selector.EventNames).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
