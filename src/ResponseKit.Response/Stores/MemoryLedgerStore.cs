using System.Collections.Concurrent;

namespace ResponseKit.Response.Stores;

/// <summary>Keeps in memory how far responses are, for one process.</summary>
public sealed class MemoryLedgerStore : ILedgerStore
{
    private readonly ConcurrentDictionary<(string Response, int Look), ResponsePass> passes = [];
    private readonly ConcurrentDictionary<(string Response, int Look), ResponseLook> looks = [];

    /// <inheritdoc/>
    public Task<LedgerEntries> OfAsync(string response, CancellationToken cancellationToken) => Task.FromResult(new LedgerEntries(
        [.. passes.Where(pass => pass.Key.Response == response).Select(pass => pass.Value).OrderBy(pass => pass.Look)],
        [.. looks.Where(look => look.Key.Response == response).Select(look => look.Value).OrderBy(look => look.Look)]));

    /// <inheritdoc/>
    public Task<ResponsePass> KeepAsync(string response, ResponsePass pass, CancellationToken cancellationToken) =>
        Task.FromResult(passes.GetOrAdd((response, pass.Look), pass));

    /// <inheritdoc/>
    public Task<ResponseLook> KeepAsync(string response, ResponseLook look, CancellationToken cancellationToken) =>
        Task.FromResult(looks.GetOrAdd((response, look.Look), look));
}
