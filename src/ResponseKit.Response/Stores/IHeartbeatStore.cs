using ResponseKit.Heartbeats;

namespace ResponseKit.Response.Stores;

/// <summary>Where it is kept which heartbeats were sent and which came back.</summary>
public interface IHeartbeatStore
{
    /// <summary>What is known of an account; null for one that was never asked.</summary>
    Task<AccountPulse?> FindAsync(string account, CancellationToken cancellationToken);

    /// <summary>Keeps that an account is about to be asked.</summary>
    Task SaveAsync(AccountPulse pulse, CancellationToken cancellationToken);

    /// <summary>Keeps what people were told about an account.</summary>
    Task TroublesAsync(AccountPulse pulse, CancellationToken cancellationToken);

    /// <summary>Notes that one came back; false for one that nobody waits for: late, seen before the last were sent, or made up.</summary>
    Task<bool> CameBackAsync(Heartbeat heartbeat, DateTimeOffset time, CancellationToken cancellationToken);
}
