namespace ResponseKit.Response.Execution;

/// <summary>
/// Saves one thing that several tasks change, one save after the other: were two under way at once, the older state could arrive last, and a
/// before-state would be lost. Who waits while another saves is often served by the next save together with others.
/// </summary>
internal sealed class OrderedSaves(Func<CancellationToken, Task> save) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private long asked;
    private long saved;

    /// <summary>Completes when what was so at the time of the call is saved.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var mine = Interlocked.Increment(ref asked);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (saved >= mine)
                return;
            var upTo = Interlocked.Read(ref asked);
            await save(cancellationToken);
            saved = upTo;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();
}
