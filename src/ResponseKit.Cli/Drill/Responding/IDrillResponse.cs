using System.Collections.Immutable;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Emulator;

namespace ResponseKit.Cli.Drill.Responding;

/// <summary>What answers the attack: ResponseKit's handlers in this process, or ResponseKit as it is deployed.</summary>
internal interface IDrillResponse : IAsyncDisposable
{
    /// <summary>The incident; null while none is open.</summary>
    string? Incident { get; }

    /// <summary>What of it the emulated AWS does not have.</summary>
    ImmutableArray<NotEmulated> NotEmulated { get; }

    /// <summary>From now on it hears of what happens in the account.</summary>
    Task BeginAsync(EmulatorControl control, CancellationToken cancellationToken);

    /// <summary>Hands it the events as they come, until the responses have come to rest.</summary>
    Task DeliverAsync(CancellationToken cancellationToken);

    /// <summary>Waits until the responses have come to rest.</summary>
    Task FinishAsync(CancellationToken cancellationToken);

    /// <summary>What it planned, where it may not act; asked once the responses have come to rest.</summary>
    Task<PlannedResponse> PlannedAsync(CancellationToken cancellationToken);
}
