using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, Lazy<Task<ResponseReport?>>> rounds = new(StringComparer.Ordinal);

    public Task<ResponseStart> StartAsync(IncidentRecord record, CancellationToken cancellationToken)
    {
        _ = rounds.GetOrAdd(record.ResponseName, _ => new(() => Task.Run(() => CarryAsync(record), CancellationToken.None))).Value;
        return Task.FromResult<ResponseStart>(new ResponseStart.UnderWay());
    }

    /// <summary>The reports of all rounds, which come to their end first; null stands for one that broke off each time.</summary>
    public Task<ResponseReport?[]> WhenEndedAsync() => Task.WhenAll(rounds.Values.Select(round => round.Value));

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
