using System.Collections.Concurrent;
using System.Diagnostics;

namespace ResponseKit.Testing.RuntimeApi;

/// <summary>
/// A function's executable, started as Lambda starts it, with a Runtime API of its own. It ends when disposed.
/// </summary>
public sealed class FunctionProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly RuntimeApiHost host;
    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();

    private FunctionProcess(RuntimeApiHost host, Process process)
    {
        this.host = host;
        this.process = process;
    }

    /// <summary>What the function has written so far, line by line.</summary>
    public IReadOnlyList<string> Log => [.. log];

    /// <summary>Completes with the process's exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Completes when the function reports that it cannot start.</summary>
    public Task<FunctionAnswer> InitializationErrorAsync() => host.InitializationError.WaitAsync(Patience);

    /// <summary>Starts an assembly. AWS and ResponseKit settings of this machine do not reach it, only those given.</summary>
    public static FunctionProcess Start(string assembly, IReadOnlyDictionary<string, string> environment)
    {
        var host = RuntimeApiHost.Start();
        var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("RESPONSEKIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = host.Address;
        var process = new Process { StartInfo = start };
        var function = new FunctionProcess(host, process);
        process.OutputDataReceived += (_, line) => function.Note(line.Data);
        process.ErrorDataReceived += (_, line) => function.Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return function;
    }

    /// <summary>Invokes the function.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="remaining">The time that the function is told it has; null for a minute.</param>
    public async Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, TimeSpan? remaining = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var answer = host.InvokeAsync(payload, remaining ?? TimeSpan.FromMinutes(1), patience.Token);
        var ended = process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(answer, ended) == ended)
            throw new InvalidOperationException($"The function ended with {process.ExitCode} instead of answering:\n{string.Join('\n', Log)}");
        return await answer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        await host.DisposeAsync();
    }

    private void Note(string? line)
    {
        if (line is not null)
            log.Enqueue(line);
    }
}
