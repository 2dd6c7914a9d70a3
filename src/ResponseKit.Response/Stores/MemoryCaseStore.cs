using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Policy;

namespace ResponseKit.Response.Stores;

/// <summary>Keeps cases in memory, for a drill and for replaying old logs.</summary>
/// <param name="policy">The policy by which it is told who acts for whom; the default one when it is null.</param>
public sealed class MemoryCaseStore(ResponsePolicy? policy = null) : ICaseStore, ICaseGraph
{
    private readonly ResponsePolicy policy = policy ?? new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, Observation> byEvent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Observation>> byNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<CaseLink>> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<CaseLink>> children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IncidentRecord> latest = new(StringComparer.Ordinal);
    private readonly HashSet<string> braked = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<AddedObservation> AddAsync(Observation observation, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!byEvent.TryAdd(observation.EventId, observation))
                return Task.FromResult(default(AddedObservation));
            foreach (var node in CaseLoader.NodesOf(observation))
                Under(node).Add(observation);
            foreach (var link in observation.Links)
                Add(link);
            return Task.FromResult(new AddedObservation(IsNew: true, BeginsToThin: false));
        }
    }

    /// <inheritdoc/>
    public Task<string> KeyOfAsync(Observation observation, CancellationToken cancellationToken) =>
        new CaseLoader(this, policy).KeyOfAsync(observation, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseTree> JudgedAsync(string caseKey, Observation latest, DateTimeOffset since, CancellationToken cancellationToken) =>
        new CaseLoader(this, policy).JudgedAsync(caseKey, latest, since, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseTree> LoadAsync(string caseKey, DateTimeOffset since, CancellationToken cancellationToken) =>
        new CaseLoader(this, policy).LoadAsync(caseKey, since, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HasActedAsync(string node, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult(byNode.ContainsKey(node));
    }

    /// <inheritdoc/>
    public Task<IncidentRecord?> LatestOfAsync(string caseKey, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult(latest.GetValueOrDefault(caseKey));
    }

    /// <inheritdoc/>
    public async Task<IncidentOpening> OpenAsync(
        Incident incident, Func<IncidentRecord, CancellationToken, Task<AnsweredEvents>> answered, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            var there = await LatestOfAsync(incident.CaseKey, cancellationToken);
            var known = there is { IsOpen: false } ? await answered(there, cancellationToken) : new AnsweredEvents([]);
            if (IncidentRecord.Next(there, incident, known, now) is not { } next)
                return new IncidentOpening(there!, IsNew: false);
            lock (gate)
            {
                if (!ReferenceEquals(latest.GetValueOrDefault(incident.CaseKey), there))
                    continue;
                latest[incident.CaseKey] = next.WithoutCase();
                if (next.Incident.Brake is not null)
                    braked.Add(next.Incident.Id);
                return new IncidentOpening(next, IsNew: true);
            }
        }
    }

    /// <inheritdoc/>
    public Task MarkStartedAsync(IncidentRecord record, DateTimeOffset now, CancellationToken cancellationToken) =>
        ChangeAsync(record, there => there with { Started = now });

    /// <inheritdoc/>
    public Task<bool> MarkEndedAsync(IncidentRecord record, DateTimeOffset? ended, CancellationToken cancellationToken) =>
        ChangeAsync(record, there => there with { Ended = ended });

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IncidentRecord>> BrakedAsync(CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        lock (gate)
            return [.. all.Where(record => braked.Contains(record.Incident.Id))];
    }

    /// <inheritdoc/>
    public Task ForgetBrakeAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        lock (gate)
            braked.Remove(record.Incident.Id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<IncidentRecord?> FindAsync(string incident, CancellationToken cancellationToken)
    {
        var record = (await ListAsync(cancellationToken)).FirstOrDefault(record => record.Incident.Id == incident);
        return record is null ? null : record with { Incident = record.Incident with { Case = (await LoadAsync(record.Incident.CaseKey, record.Begins, cancellationToken)).File } };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentRecord>> ListAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<IncidentRecord>>([.. latest.Values.OrderByDescending(record => record.Incident.Opened)]);
    }

    Task<IReadOnlyList<CaseLink>> ICaseGraph.LinksOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<CaseLink>>(links.TryGetValue(node, out var found) ? [.. found.Where(link => link.Time >= since)] : []);
    }

    Task<IReadOnlyList<ActingChild>> ICaseGraph.ChildrenOfAsync(string node, DateTimeOffset since, int atMost, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<ActingChild>>(children.TryGetValue(node, out var found)
                ? [.. found.Where(link => link.Time >= since && byNode.ContainsKey(link.Child)).OrderByDescending(link => link.Time).Take(atMost)
                    .Select(link => new ActingChild(link.Child, byNode[link.Child].Max(ActingChild.WeightOf)))]
                : []);
        }
    }

    Task<IReadOnlyList<Observation>> ICaseGraph.ObservationsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult<IReadOnlyList<Observation>>(byNode.TryGetValue(node, out var found) ? [.. found.Where(observation => observation.Time >= since)] : []);
    }

    Task<IReadOnlyList<Observation>> ICaseGraph.MakingsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken) =>
        // What is observed is all kept here.
        Task.FromResult<IReadOnlyList<Observation>>([]);

    private List<Observation> Under(string node) => byNode.TryGetValue(node, out var there) ? there : byNode[node] = [];

    private void Add(CaseLink link)
    {
        (links.TryGetValue(link.Child, out var there) ? there : links[link.Child] = []).Add(link);
        foreach (var parent in new[] { link.Parent, link.Via, link.ViaSession }.OfType<string>())
            (children.TryGetValue(parent, out var known) ? known : children[parent] = []).Add(link);
    }

    private Task<bool> ChangeAsync(IncidentRecord record, Func<IncidentRecord, IncidentRecord> change)
    {
        lock (gate)
        {
            if (!latest.TryGetValue(record.Incident.CaseKey, out var there) || there.ResponseName != record.ResponseName)
                return Task.FromResult(false);
            latest[record.Incident.CaseKey] = change(there);
            return Task.FromResult(true);
        }
    }
}
