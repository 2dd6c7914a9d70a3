using ResponseKit.Correlation;

namespace ResponseKit.Aws.Stores;

/// <summary>Who acts for whom, and what each did: what <see cref="CaseLoader"/> reads of a store. A node is an actor's key or an access key id.</summary>
internal interface ICaseGraph
{
    /// <summary>The actor that a node acts for, by the latest link; null when it acts for itself.</summary>
    Task<string?> ParentOfAsync(string node, CancellationToken cancellationToken);

    /// <summary>
    /// The nodes that may have acted for an actor since a time; what counts is each one's own <see cref="ParentOfAsync"/>. Sessions that had expired by
    /// then may be left out.
    /// </summary>
    Task<IReadOnlyList<string>> ChildrenOfAsync(string actor, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>What a node did since a time, at most the latest <see cref="CaseFile.MaxObservations"/>.</summary>
    Task<IReadOnlyList<Observation>> ObservationsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken);
}
