using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions.Tests.Reliability;

/// <summary>
/// Carries one response through within this process, and once more from the beginning where it breaks off, as the state machine's next execution does: what is kept is
/// all that the next one knows.
/// </summary>
internal sealed class Restarting(FunctionServices services, RunnerSettings settings, int mostStarts) : IResponseStarter
{
    private readonly Lock gate = new();
    private Task<ResponseReport?>? response;

    public Task<ResponseStart> StartAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        lock (gate)
            response ??= Task.Run(() => CarryAsync(record), CancellationToken.None);
        return Task.FromResult<ResponseStart>(new ResponseStart.UnderWay());
    }

    /// <summary>The report of the response; null where none was started, or it broke off each time.</summary>
    public async Task<ResponseReport?> WhenEndedAsync() => response is null ? null : await response;

    private async Task<ResponseReport?> CarryAsync(IncidentRecord record)
    {
        for (var start = 1; start <= mostStarts; start++)
        {
            using var starter = new InProcessStarter(services, new InProcessInvoker(services, Timeout.InfiniteTimeSpan), settings, new Progress<ResponseEvent>());
            await starter.StartAsync(record, CancellationToken.None);
            try
            {
                return (await starter.WhenEndedAsync(CancellationToken.None))[0];
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // The next one goes on where this one was.
            }
        }

        return null;
    }
}
