namespace ResponseKit.Response.Stores;

/// <summary>Keeps the kill switch in memory.</summary>
public sealed class MemoryControlStore : IControlStore
{
    private volatile KillSwitch? current;

    /// <inheritdoc/>
    public Task<KillSwitch?> KillSwitchAsync(CancellationToken cancellationToken) => Task.FromResult(current);

    /// <inheritdoc/>
    public Task SetKillSwitchAsync(KillSwitch? killSwitch, CancellationToken cancellationToken)
    {
        current = killSwitch;
        return Task.CompletedTask;
    }
}
