using System.Collections.Concurrent;
using System.ComponentModel;
using System.Net;
using System.Text;
using ResponseKit.Emulator.RuntimeApi;

namespace ResponseKit.Emulator.Deployed;

/// <summary>
/// Runs the functions that are deployed in an emulator, as Lambda would: their package, their variables, a session of their role, in processes of this
/// machine that are kept warm. A new deployment of a function gets new processes.
/// </summary>
public sealed class DeployedFunctions : IAsyncDisposable
{
    private const int MostProcesses = 4;
    private readonly EmulatorControl control;
    private readonly Uri emulator;
    private readonly HttpListener listener;
    private readonly FunctionPackages packages;
    private readonly ConcurrentDictionary<string, FunctionPool> pools = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<FunctionPool> former = [];
    private readonly ConcurrentQueue<string> failures = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly Task loop;
    private int running;

    private DeployedFunctions(EmulatorControl control, Uri emulator, HttpListener listener)
    {
        this.control = control;
        this.emulator = emulator;
        this.listener = listener;
        packages = new FunctionPackages(control);
        loop = ServeAsync();
    }

    /// <summary>Runs the functions of an account.</summary>
    /// <param name="control">The emulator's control interface.</param>
    /// <param name="emulator">Where the emulator listens.</param>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DeployedFunctions> RunAsync(EmulatorControl control, Uri emulator, string account, CancellationToken cancellationToken)
    {
        var (listener, address) = LocalListener.Start("");
        var functions = new DeployedFunctions(control, emulator, listener);
        // Not a Uri yet: the emulator fills in the braces.
        await control.RunFunctionsAtAsync(account, $"http://{address}/{{account}}/{{region}}/{{name}}", cancellationToken);
        return functions;
    }

    /// <summary>The lines that a function has logged lately.</summary>
    /// <param name="arn">Its ARN.</param>
    public IReadOnlyList<string> LogOf(string arn) => pools.TryGetValue(arn, out var pool) ? pool.Log : [];

    /// <summary>How many invocations run or wait for a process.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>The invocations that ended in an error, each with its path and what it answered.</summary>
    public IReadOnlyCollection<string> Failures => [.. failures];

    /// <summary>The ARNs of the functions that have run.</summary>
    public IReadOnlyCollection<string> Started => [.. pools.Keys];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await loop;
        listener.Close();
        foreach (var pool in pools.Values.Concat(former))
            await pool.DisposeAsync();
        packages.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context), stop.Token);
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        Interlocked.Increment(ref running);
        try
        {
            var answer = await InvokeAsync(context.Request);
            if (!answer.Succeeded)
            {
                failures.Enqueue($"{context.Request.Url!.AbsolutePath}: {Encoding.UTF8.GetString(answer.Body)}");
                context.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            }

            await context.Response.OutputStream.WriteAsync(answer.Body, stop.Token);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or OperationCanceledException or ObjectDisposedException)
        {
            // The emulator, or this, has ended.
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private async Task<FunctionAnswer> InvokeAsync(HttpListenerRequest request)
    {
        if (request.Url!.AbsolutePath[1..].Split('/') is not [var account, var region, var name])
            return FunctionAnswer.Error("Emulator", $"'{request.Url.AbsolutePath}' names no function. Accepted: /account/region/name.");
        using var payload = new MemoryStream();
        await request.InputStream.CopyToAsync(payload, stop.Token);
        try
        {
            var function = await control.FunctionAsync($"arn:aws:lambda:{region}:{account}:function:{name}", stop.Token);
            return await PoolOf(function).InvokeAsync(payload.ToArray(), stop.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException or Win32Exception or NotSupportedException)
        {
            return FunctionAnswer.Error("Emulator", $"The function {name} cannot be run here: {error.Message}");
        }
    }

    private FunctionPool PoolOf(DeployedFunction function)
    {
        lock (gate)
        {
            if (pools.TryGetValue(function.Arn, out var known) && known.Revision == function.Revision)
                return known;
            if (known is not null)
                former.Add(known);
            var most = Math.Clamp(function.ReservedConcurrency ?? MostProcesses, 1, MostProcesses);
            return pools[function.Arn] = new FunctionPool(function, most, cancellationToken => StartAsync(function, cancellationToken));
        }
    }

    private async Task<FunctionProcess> StartAsync(DeployedFunction function, CancellationToken cancellationToken)
    {
        var folder = await packages.FolderAsync(function, cancellationToken);
        var command = FunctionEnvironment.Command(function, folder) ?? throw new NotSupportedException(
            $"its runtime is {function.Runtime} and its handler {function.Handler}. Accepted: an executable .NET assembly, or a bootstrap on provided.al2023.");
        var credentials = await control.ServiceSessionAsync(function.Role, function.Name, cancellationToken);
        return FunctionProcess.Start(command, FunctionEnvironment.Of(function, credentials, folder, emulator), function.Arn);
    }
}
