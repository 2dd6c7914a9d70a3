using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;

namespace ResponseKit.Response.Stores;

/// <summary>
/// Where observations and incidents are kept. Every member may be called again after a crash, and by several triages at the same time:
/// the outcome is the same.
/// </summary>
public interface ICaseStore
{
    /// <summary>Keeps an observation with its links. The same event may be added again.</summary>
    Task<AddedObservation> AddAsync(Observation observation, CancellationToken cancellationToken);

    /// <summary>The key of the case that an observation belongs to: that of who is responsible.</summary>
    Task<string> KeyOfAsync(Observation observation, CancellationToken cancellationToken);

    /// <summary>
    /// What a case is judged by when somebody has just acted in it, of what was done since a time. The work is the same however much was done before:
    /// see <see cref="Slot"/>, and <see cref="CaseTree.IsCut"/>.
    /// </summary>
    Task<CaseTree> JudgedAsync(string caseKey, Observation latest, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>What who is responsible and those who act for them have done since a time, with all that they made; empty when nothing is known.</summary>
    Task<CaseTree> LoadAsync(string caseKey, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Whether anything at all was observed of an actor, or of what an access key did.</summary>
    /// <param name="node">An actor's key, an access key id or a session's id.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    Task<bool> HasActedAsync(string node, CancellationToken cancellationToken);

    /// <summary>The latest incident of a case, without what is known of it; null when there has been none.</summary>
    Task<IncidentRecord?> LatestOfAsync(string caseKey, CancellationToken cancellationToken);

    /// <summary>
    /// Opens an incident for its root actor, unless one is open: then that one is returned. One whose response has ended is opened again, under
    /// its own id, when something took effect that no plan of it knew, whenever that was; what is merely tried and refused is no reason.
    /// </summary>
    /// <param name="incident">The incident, with its case.</param>
    /// <param name="answered">Gives the events that plans of an incident that has ended were made by.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    Task<IncidentOpening> OpenAsync(
        Incident incident, Func<IncidentRecord, CancellationToken, Task<AnsweredEvents>> answered, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes that the response to an incident's round was started.</summary>
    Task MarkStartedAsync(IncidentRecord record, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes that the response to an incident's round has ended; use <see cref="RoundEnd"/>, which loses nothing that comes meanwhile.</summary>
    /// <param name="record">The incident's round.</param>
    /// <param name="ended">When it ended; null to take that back.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <returns>Whether it is noted; false when another round has begun.</returns>
    Task<bool> MarkEndedAsync(IncidentRecord record, DateTimeOffset? ended, CancellationToken cancellationToken);

    /// <summary>The incidents that have been braked and of which nobody has noted that all of it was taken away, without what is known of each.</summary>
    Task<IReadOnlyList<IncidentRecord>> BrakedAsync(CancellationToken cancellationToken);

    /// <summary>Notes that all was taken away by which an incident was braked.</summary>
    Task ForgetBrakeAsync(IncidentRecord record, CancellationToken cancellationToken);

    /// <summary>
    /// An incident by its id, with all that is known by now of what was done in it; null when there is none. What its actor did before
    /// <see cref="IncidentRecord.Begins"/> is no part of it: it may well have been his own.
    /// </summary>
    Task<IncidentRecord?> FindAsync(string incident, CancellationToken cancellationToken);

    /// <summary>Every incident, the latest first, without what is known of each.</summary>
    Task<IReadOnlyList<IncidentRecord>> ListAsync(CancellationToken cancellationToken);
}
