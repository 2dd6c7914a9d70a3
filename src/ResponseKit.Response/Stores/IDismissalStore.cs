namespace ResponseKit.Response.Stores;

/// <summary>Where it is kept which evidence counts no more. Nothing is ever taken back there.</summary>
public interface IDismissalStore
{
    /// <summary>All that was said about an incident, in any order.</summary>
    /// <param name="incident">The incident's id.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    Task<IReadOnlyList<Dismissal>> OfAsync(string incident, CancellationToken cancellationToken);

    /// <summary>Keeps one.</summary>
    Task KeepAsync(Dismissal dismissal, CancellationToken cancellationToken);
}
