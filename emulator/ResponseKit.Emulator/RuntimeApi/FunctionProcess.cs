using System.Collections.Concurrent;
using System.Diagnostics;

namespace ResponseKit.Emulator.RuntimeApi;

/// <summary>
/// A function's executable, started as Lambda starts it, with a Runtime API of its own. It runs one invocation at a time, and ends when disposed.
/// </summary>
public sealed class FunctionProcess : IAsyncDisposable
{
    private const int KeptLines = 2000;
    private readonly RuntimeApiHost host;
    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();

    private FunctionProcess(RuntimeApiHost host, Process process)
    {
        this.host = host;
        this.process = process;
    }

    /// <summary>What the function has written lately, line by line.</summary>
    public IReadOnlyList<string> Log => [.. log];

    /// <summary>Whether it has ended, and can take no more invocations.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>What the function has reported about its start, if that failed.</summary>
    public FunctionAnswer? InitializationError => host.InitializationError;

    /// <summary>Starts an assembly. AWS and ResponseKit settings of this machine do not reach it, only those given.</summary>
    /// <param name="assembly">The path of an executable assembly.</param>
    /// <param name="environment">Its environment variables.</param>
    public static FunctionProcess Start(string assembly, IReadOnlyDictionary<string, string> environment) =>
        Start(new FunctionCommand("dotnet", [assembly], null), environment, "arn:aws:lambda:us-east-1:111122223333:function:test");

    /// <summary>Starts a command. AWS and ResponseKit settings of this machine do not reach it, only those given.</summary>
    /// <param name="command">The command.</param>
    /// <param name="environment">Its environment variables.</param>
    /// <param name="arn">The function's ARN, as invocations tell it.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such command.</exception>
    public static FunctionProcess Start(FunctionCommand command, IReadOnlyDictionary<string, string> environment, string arn)
    {
        var api = RuntimeApiHost.Start(arn);
        var start = new ProcessStartInfo(command.Program, command.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (command.Folder is not null)
            start.WorkingDirectory = command.Folder;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("RESPONSEKIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Address;
        var started = new Process { StartInfo = start };
        var function = new FunctionProcess(api, started);
        started.OutputDataReceived += (_, line) => function.Note(line.Data);
        started.ErrorDataReceived += (_, line) => function.Note(line.Data);
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return function;
    }

    /// <summary>Completes with the process's exit code.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>Completes when the function reports that it cannot start.</summary>
    public Task<FunctionAnswer> InitializationErrorAsync(CancellationToken cancellationToken) => host.InitializationErrorAsync(cancellationToken);

    /// <summary>Invokes the function.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="remaining">The time that the function is told it has.</param>
    /// <param name="cancellationToken">Gives up waiting; the process goes on.</param>
    /// <exception cref="FunctionEndedException">The process ended instead of answering.</exception>
    public async Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var answer = host.InvokeAsync(payload, remaining, cancellationToken);
        var ended = process.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(answer, ended) == ended && !answer.IsCompleted && process.HasExited)
            throw new FunctionEndedException(process.ExitCode, string.Join('\n', Log));
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
        if (line is null)
            return;
        log.Enqueue(line);
        while (log.Count > KeptLines)
            log.TryDequeue(out _);
    }
}
