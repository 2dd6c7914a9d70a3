using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Threading.Channels;

namespace ResponseKit.Emulator.RuntimeApi;

/// <summary>
/// The Lambda Runtime API over HTTP, for one function process: hands it invocations one at a time, as Lambda does, and takes its answers
/// (Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes").
/// </summary>
public sealed class RuntimeApiHost : IAsyncDisposable
{
    private readonly HttpListener listener;
    private readonly string arn;
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<Invocation> waiting = Channel.CreateUnbounded<Invocation>();
    private readonly ConcurrentDictionary<string, Invocation> running = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<FunctionAnswer> initializationError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task loop;

    private RuntimeApiHost(HttpListener listener, string address, string arn)
    {
        this.listener = listener;
        this.arn = arn;
        Address = address;
        loop = ServeAsync();
    }

    /// <summary>Host and port: the value of AWS_LAMBDA_RUNTIME_API.</summary>
    public string Address { get; }

    /// <summary>What the function has reported about its start, if that failed.</summary>
    public FunctionAnswer? InitializationError => initializationError.Task.IsCompletedSuccessfully ? initializationError.Task.GetAwaiter().GetResult() : null;

    /// <summary>Listens on a free port of this machine.</summary>
    /// <param name="arn">The function's ARN, as invocations tell it.</param>
    public static RuntimeApiHost Start(string arn)
    {
        var (listener, address) = LocalListener.Start("2018-06-01/runtime/");
        return new RuntimeApiHost(listener, address, arn);
    }

    /// <summary>Completes when the function reports that it cannot start.</summary>
    public Task<FunctionAnswer> InitializationErrorAsync(CancellationToken cancellationToken) => initializationError.Task.WaitAsync(cancellationToken);

    /// <summary>Invokes the function and waits for what it says.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="remaining">The time that the function is told it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var invocation = new Invocation(Guid.NewGuid().ToString(), payload, remaining);
        await waiting.Writer.WriteAsync(invocation, cancellationToken);
        return await invocation.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await loop;
        listener.Close();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await HandleAsync(await listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException)
            {
                // The function process, or this host, has ended.
            }
        }
    }

    private async Task HandleAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath["/2018-06-01/runtime/".Length..].Split('/');
        switch (context.Request.HttpMethod, path)
        {
            case ("GET", ["invocation", "next"]):
                await SendAsync(context.Response, await waiting.Reader.ReadAsync(stop.Token));
                break;
            case ("POST", ["init", "error"]):
                initializationError.TrySetResult(await ReadAsync(context.Request, succeeded: false));
                Accept(context.Response);
                break;
            case ("POST", ["invocation", var id, "response" or "error"]) when running.TryRemove(id, out var invocation):
                invocation.Answer.TrySetResult(await ReadAsync(context.Request, path[2] == "response"));
                Accept(context.Response);
                break;
            default:
                context.Response.StatusCode = 400;
                context.Response.Close();
                break;
        }
    }

    private async Task SendAsync(HttpListenerResponse response, Invocation invocation)
    {
        running[invocation.Id] = invocation;
        var deadline = TimeProvider.System.GetUtcNow() + invocation.Remaining;
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        response.Headers["Lambda-Runtime-Deadline-Ms"] = deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = arn;
        response.Headers["Lambda-Runtime-Trace-Id"] = "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0";
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(invocation.Payload, stop.Token);
        response.Close();
    }

    private async Task<FunctionAnswer> ReadAsync(HttpListenerRequest request, bool succeeded)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body, stop.Token);
        return new FunctionAnswer(succeeded, body.ToArray(), request.Headers["Lambda-Runtime-Function-Error-Type"]);
    }

    private static void Accept(HttpListenerResponse response)
    {
        response.StatusCode = 202;
        response.ContentType = "application/json";
        // The official runtime client reads it, and gives up where there is nothing to read.
        response.Close("""{"status":"OK"}"""u8.ToArray(), willBlock: true);
    }

    private sealed record Invocation(string Id, ReadOnlyMemory<byte> Payload, TimeSpan Remaining)
    {
        public TaskCompletionSource<FunctionAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
