using ResponseKit.Correlation;

namespace ResponseKit.Response.Stores;

/// <summary>Who acts for whom, and what each did: what <see cref="CaseLoader"/> reads of a store. A node is an actor's key, an access key id or a session's id.</summary>
internal interface ICaseGraph
{
    /// <summary>Who opened or made a node since a time.</summary>
    Task<IReadOnlyList<CaseLink>> LinksOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The nodes that somebody opened or made since a time, and that have acted.</summary>
    Task<IReadOnlyList<string>> ChildrenOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>What a node did since a time, at most the latest <see cref="CaseFile.MaxObservations"/>.</summary>
    Task<IReadOnlyList<Observation>> ObservationsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken);
}
