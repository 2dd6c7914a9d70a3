namespace ResponseKit.Response.Stores;

/// <summary>Where the kill switch is kept.</summary>
public interface IControlStore
{
    /// <summary>The kill switch; null when it is not set.</summary>
    Task<KillSwitch?> KillSwitchAsync(CancellationToken cancellationToken);

    /// <summary>Sets the kill switch, or takes it away with null.</summary>
    Task SetKillSwitchAsync(KillSwitch? killSwitch, CancellationToken cancellationToken);
}
