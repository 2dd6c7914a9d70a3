using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>For a deployment without anything that carries responses through: says so, so that a person acts.</summary>
public sealed class NoStarter : IResponseStarter
{
    /// <inheritdoc/>
    public Task<ResponseStart> StartAsync(IncidentRecord record, CancellationToken cancellationToken) => Task.FromResult<ResponseStart>(
        new ResponseStart.NotStarted(
            "Nothing here is set up to carry a response through (setting RESPONSEKIT_RESPONSE), so nothing is done by itself. "
            + "Contain the actor yourself with the action functions, starting with the identity."));
}
