using ResponseKit.Correlation;

namespace ResponseKit.Response.Stores;

/// <summary>Who acts for whom, and what each did: what <see cref="CaseLoader"/> reads of a store. A node is an actor's key, an access key id or a session's id.</summary>
internal interface ICaseGraph
{
    /// <summary>Who opened or made a node since a time.</summary>
    Task<IReadOnlyList<CaseLink>> LinksOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Whom somebody opened or made since a time, and who have acted: the latest first, and no more than asked for.</summary>
    Task<IReadOnlyList<ActingChild>> ChildrenOfAsync(string node, DateTimeOffset since, int atMost, CancellationToken cancellationToken);

    /// <summary>What a node is judged by since a time: of very much that it did as much as a <see cref="Correlation.Blame.Slot"/> keeps.</summary>
    Task<IReadOnlyList<Observation>> ObservationsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Everything by which a node made or opened something since a time, at most the latest <see cref="CaseFile.MaxObservations"/>.</summary>
    Task<IReadOnlyList<Observation>> MakingsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken);
}
