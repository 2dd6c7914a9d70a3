using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Policy;
using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Keeps cases in DynamoDB: what an actor or an access key did, and who acts for it, in a partition of its own. Observations and links are
/// forgotten after a while.
/// </summary>
public sealed class DynamoCaseStore : ICaseStore
{
    private readonly DynamoObservations observations;
    private readonly DynamoIncidents incidents;
    private readonly ResponsePolicy policy;

    /// <summary>Makes a store over the table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="time">The clock by which observations are forgotten.</param>
    /// <param name="policy">The policy by which it is told who acts for whom; the default one when it is null.</param>
    public DynamoCaseStore(StoreTable table, TimeProvider time, ResponsePolicy? policy = null)
    {
        this.policy = policy ?? new();
        observations = new DynamoObservations(table, time, Horizon.Of(this.policy.Correlation));
        incidents = new DynamoIncidents(table);
    }

    /// <inheritdoc/>
    public Task<AddedObservation> AddAsync(Observation observation, CancellationToken cancellationToken) => observations.AddAsync(observation, cancellationToken);

    /// <inheritdoc/>
    public Task<string> KeyOfAsync(Observation observation, CancellationToken cancellationToken) =>
        new CaseLoader(observations, policy).KeyOfAsync(observation, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseTree> JudgedAsync(string caseKey, Observation latest, DateTimeOffset since, CancellationToken cancellationToken) =>
        new CaseLoader(observations, policy).JudgedAsync(caseKey, latest, since, cancellationToken);

    /// <inheritdoc/>
    public Task<CaseTree> LoadAsync(string caseKey, DateTimeOffset since, CancellationToken cancellationToken) =>
        new CaseLoader(observations, policy).LoadAsync(caseKey, since, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HasActedAsync(string node, CancellationToken cancellationToken) => observations.HasActedAsync(node, cancellationToken);

    /// <inheritdoc/>
    public Task<IncidentRecord?> LatestOfAsync(string caseKey, CancellationToken cancellationToken) => incidents.LatestOfAsync(caseKey, cancellationToken);

    /// <inheritdoc/>
    public Task<IncidentOpening> OpenAsync(
        Incident incident, Func<IncidentRecord, CancellationToken, Task<AnsweredEvents>> answered, DateTimeOffset now, CancellationToken cancellationToken) =>
        incidents.OpenAsync(incident, answered, now, cancellationToken);

    /// <inheritdoc/>
    public Task MarkStartedAsync(IncidentRecord record, DateTimeOffset now, CancellationToken cancellationToken) =>
        incidents.MarkAsync(record, "started", now, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> MarkEndedAsync(IncidentRecord record, DateTimeOffset? ended, CancellationToken cancellationToken) =>
        incidents.MarkAsync(record, "ended", ended, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentRecord>> BrakedAsync(CancellationToken cancellationToken) => incidents.BrakedAsync(cancellationToken);

    /// <inheritdoc/>
    public Task ForgetBrakeAsync(IncidentRecord record, CancellationToken cancellationToken) => incidents.ForgetBrakeAsync(record.Incident.Id, cancellationToken);

    /// <inheritdoc/>
    public async Task<IncidentRecord?> FindAsync(string incident, CancellationToken cancellationToken) =>
        await incidents.FindAsync(incident, cancellationToken) is { } record
            ? record with { Incident = record.Incident with { Case = (await LoadAsync(record.Incident.CaseKey, record.Begins, cancellationToken)).File } }
            : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentRecord>> ListAsync(CancellationToken cancellationToken) => incidents.ListAsync(cancellationToken);
}
