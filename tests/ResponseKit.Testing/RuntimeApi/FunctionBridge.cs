using System.Collections.Concurrent;
using System.Net;
using ResponseKit.Emulator.RuntimeApi;

namespace ResponseKit.Testing.RuntimeApi;

/// <summary>
/// Where the emulated Lambda finds functions: an address for each, behind which a process of its own is started at the first invocation, and runs one
/// invocation at a time.
/// </summary>
public sealed class FunctionBridge : IAsyncDisposable
{
    private readonly HttpListener listener;
    private readonly Func<string, FunctionProcess> start;
    private readonly ConcurrentDictionary<string, Lazy<FunctionProcess>> processes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> broken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<Task>> first = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> invoked = new();
    private readonly Task loop;

    private FunctionBridge(HttpListener listener, Uri address, Func<string, FunctionProcess> start)
    {
        this.listener = listener;
        this.start = start;
        Address = address;
        loop = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The functions that were invoked, in order.</summary>
    public IReadOnlyList<string> Invoked => [.. invoked];

    /// <summary>Listens on a free port of this machine.</summary>
    /// <param name="start">Starts the process of a function by its name.</param>
    public static FunctionBridge Start(Func<string, FunctionProcess> start)
    {
        var (listener, address) = LocalListener.Start("");
        return new FunctionBridge(listener, new Uri($"http://{address}/"), start);
    }

    /// <summary>The address to invoke a function at.</summary>
    public Uri Of(string function) => new(Address, function);

    /// <summary>Makes the next invocations of a function break off before it starts.</summary>
    public void Break(string function, int times) => broken[function] = times;

    /// <summary>Does something before a function is invoked the next time.</summary>
    public void Before(string function, Func<Task> act) => first[function] = act;

    /// <summary>The lines that a function has logged.</summary>
    public IReadOnlyList<string> LogOf(string function) => processes.TryGetValue(function, out var process) ? process.Value.Log : [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await loop;
        listener.Close();
        foreach (var process in processes.Values)
            await process.Value.DisposeAsync();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var answer = await InvokeAsync(context.Request);
            if (!answer.Succeeded)
                context.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            await context.Response.OutputStream.WriteAsync(answer.Body);
        }
        catch (Exception error) when (error is not HttpListenerException)
        {
            context.Response.StatusCode = 500;
        }

        context.Response.Close();
    }

    private async Task<FunctionAnswer> InvokeAsync(HttpListenerRequest request)
    {
        var function = request.Url!.AbsolutePath[1..];
        invoked.Enqueue(function);
        if (first.TryRemove(function, out var act))
            await act();
        using var payload = new MemoryStream();
        await request.InputStream.CopyToAsync(payload);
        if (broken.AddOrUpdate(function, -1, (_, times) => times - 1) >= 0)
            return new FunctionAnswer(false, """{"errorType":"Runtime.ExitError","errorMessage":"exit status 1"}"""u8.ToArray(), "Runtime.ExitError");
        return await processes.GetOrAdd(function, name => new(() => start(name))).Value.InvokeAsync(payload.ToArray());
    }
}
