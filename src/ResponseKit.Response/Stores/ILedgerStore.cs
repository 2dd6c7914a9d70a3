using System.Collections.Immutable;

namespace ResponseKit.Response.Stores;

/// <summary>Where it is kept how far each response is. What was kept first under a number stays: a step that runs twice has one outcome.</summary>
public interface ILedgerStore
{
    /// <summary>What is known of a response, by its <see cref="IncidentRecord.ResponseName"/>; nothing of one that has not begun.</summary>
    Task<LedgerEntries> OfAsync(string response, CancellationToken cancellationToken);

    /// <summary>Keeps a pass, unless one of its number was kept before.</summary>
    /// <returns>The pass that stands.</returns>
    Task<ResponsePass> KeepAsync(string response, ResponsePass pass, CancellationToken cancellationToken);

    /// <summary>Keeps a look, unless one of its number was kept before.</summary>
    /// <returns>The look that stands.</returns>
    Task<ResponseLook> KeepAsync(string response, ResponseLook look, CancellationToken cancellationToken);
}

/// <summary>What is known of a response.</summary>
/// <param name="Passes">Its passes in order.</param>
/// <param name="Looks">Its looks in order.</param>
public sealed record LedgerEntries(ImmutableArray<ResponsePass> Passes, ImmutableArray<ResponseLook> Looks);
