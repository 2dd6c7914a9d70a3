using System.Collections.Concurrent;
using ResponseKit.Emulator.RuntimeApi;

namespace ResponseKit.Emulator.Deployed;

/// <summary>The processes of one deployment of one function: as many as run at once, kept warm for the next invocations.</summary>
/// <param name="function">The function.</param>
/// <param name="most">How many there may be.</param>
/// <param name="start">Starts one.</param>
internal sealed class FunctionPool(DeployedFunction function, int most, Func<CancellationToken, Task<FunctionProcess>> start) : IAsyncDisposable
{
    private readonly SemaphoreSlim room = new(most);
    private readonly ConcurrentBag<FunctionProcess> idle = [];
    private readonly ConcurrentBag<FunctionProcess> all = [];

    /// <summary>The deployment that they are of.</summary>
    public string Revision => function.Revision;

    /// <summary>What they have written lately.</summary>
    public IReadOnlyList<string> Log => [.. all.SelectMany(process => process.Log)];

    /// <summary>Runs one invocation; waits where all that may run are busy, as the Lambda service does with events.</summary>
    public async Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(payload, cancellationToken);
        }
        finally
        {
            room.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in all)
            await process.DisposeAsync();
        room.Dispose();
    }

    private async Task<FunctionAnswer> RunAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var process = await TakeAsync(cancellationToken);
        var remaining = TimeSpan.FromSeconds(function.Timeout);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(remaining);
        try
        {
            var answer = await process.InvokeAsync(payload, remaining, limit.Token);
            idle.Add(process);
            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await process.DisposeAsync();
            return FunctionAnswer.Error("Sandbox.Timedout", $"Task timed out after {function.Timeout:0}.00 seconds");
        }
        catch (FunctionEndedException ended)
        {
            return process.InitializationError ?? FunctionAnswer.Error("Runtime.ExitError", ended.Message);
        }
    }

    private async Task<FunctionProcess> TakeAsync(CancellationToken cancellationToken)
    {
        while (idle.TryTake(out var known))
        {
            if (!known.HasEnded)
                return known;
        }

        var process = await start(cancellationToken);
        all.Add(process);
        return process;
    }
}
