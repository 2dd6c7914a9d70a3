using ResponseKit.Actors;
using ResponseKit.Correlation;

namespace ResponseKit.Aws.Stores;

/// <summary>Keeps cases in memory, for a drill and for replaying old logs.</summary>
public sealed class MemoryCaseStore : ICaseStore, ICaseGraph
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Observation> byEvent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Observation>> byNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CaseLink> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IncidentRecord> latest = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<bool> AddAsync(Observation observation, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!byEvent.TryAdd(observation.EventId, observation))
                return Task.FromResult(false);
            Under(observation.Actor.Key).Add(observation);
            if (observation.AccessKeyId is { } key)
                Under(key).Add(observation);
            foreach (var link in observation.Links)
                Add(link);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<string> RootOfAsync(Actor actor, string? accessKeyId, CancellationToken cancellationToken) =>
        new CaseLoader(this).RootOfAsync(actor, accessKeyId, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseFile> LoadAsync(string rootKey, DateTimeOffset since, CancellationToken cancellationToken) =>
        new CaseLoader(this).LoadAsync(rootKey, since, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HasActedAsync(string node, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult(byNode.ContainsKey(node));
    }

    /// <inheritdoc/>
    public Task<IncidentRecord?> LatestOfAsync(string rootKey, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult(latest.GetValueOrDefault(rootKey));
    }

    /// <inheritdoc/>
    public Task<IncidentOpening> OpenAsync(Incident incident, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var there = latest.GetValueOrDefault(incident.Root.Key);
            if (IncidentRecord.Next(there, incident, now) is not { } next)
                return Task.FromResult(new IncidentOpening(there!, IsNew: false));
            latest[incident.Root.Key] = next.WithoutCase();
            return Task.FromResult(new IncidentOpening(next, IsNew: true));
        }
    }

    /// <inheritdoc/>
    public Task MarkStartedAsync(IncidentRecord record, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(record, there => there with { Started = now });

    /// <inheritdoc/>
    public Task MarkEndedAsync(IncidentRecord record, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(record, there => there with { Ended = now });

    /// <inheritdoc/>
    public async Task<IncidentRecord?> FindAsync(string incident, CancellationToken cancellationToken)
    {
        var record = (await ListAsync(cancellationToken)).FirstOrDefault(record => record.Incident.Id == incident);
        return record is null ? null : record with { Incident = record.Incident with { Case = await LoadAsync(record.Incident.Root.Key, record.Begins, cancellationToken) } };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentRecord>> ListAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<IncidentRecord>>([.. latest.Values.OrderByDescending(record => record.Incident.Opened)]);
    }

    Task<string?> ICaseGraph.ParentOfAsync(string node, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult(CaseLink.ParentOf(node, links.GetValueOrDefault));
    }

    Task<IReadOnlyList<string>> ICaseGraph.ChildrenOfAsync(string actor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<string>>(children.TryGetValue(actor, out var found) ? [.. found] : []);
    }

    Task<IReadOnlyList<Observation>> ICaseGraph.ObservationsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<Observation>>(byNode.TryGetValue(node, out var found) ? [.. found.Where(observation => observation.Time >= since)] : []);
    }

    private List<Observation> Under(string node) => byNode.TryGetValue(node, out var there) ? there : byNode[node] = [];

    private void Add(CaseLink link)
    {
        if (link.Replaces(links.GetValueOrDefault(link.Child)))
            links[link.Child] = link;
        foreach (var parent in new[] { link.Parent, link.Via }.OfType<string>())
        {
            if (!children.TryGetValue(parent, out var known))
                children[parent] = known = new(StringComparer.Ordinal);
            known.Add(link.Child);
        }
    }

    private Task ChangeAsync(IncidentRecord record, Func<IncidentRecord, IncidentRecord> change)
    {
        lock (gate)
        {
            if (latest.TryGetValue(record.Incident.Root.Key, out var there) && there.ResponseName == record.ResponseName)
                latest[record.Incident.Root.Key] = change(there);
        }

        return Task.CompletedTask;
    }
}
