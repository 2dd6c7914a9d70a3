using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;

namespace ResponseKit.StandIns.Tests.Wire;

/// <summary>An HTTP server that keeps what it receives and gives the answers it was made with, the last one again and again.</summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    private readonly HttpListener listener;
    private readonly Answer[] answers;
    private readonly ConcurrentQueue<ReceivedRequest> received = new();
    private readonly Task loop;
    private int next = -1;

    public AnsweringServer(params Answer[] answers)
    {
        this.answers = answers;
        (listener, Address) = Listen();
        loop = AnswerAllAsync();
    }

    public string Address { get; }

    public IReadOnlyList<ReceivedRequest> Requests => [.. received];

    public ReceivedRequest Request => Assert.Single(received);

    /// <summary>Points a client's configuration here: us-east-1 in signatures, two attempts.</summary>
    public TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = Address;
        config.AuthenticationRegion = "us-east-1";
        config.MaxErrorRetry = 1;
        return config;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await loop;
    }

    private static (HttpListener Listener, string Address) Listen()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                listener.Close(); // another process took the port in between
            }
        }
    }

    private async Task AnswerAllAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(AnswerAsync(await listener.GetContextAsync()));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var headers = context.Request.Headers.AllKeys.ToDictionary(
            k => k!, k => context.Request.Headers[k]!, StringComparer.OrdinalIgnoreCase);
        received.Enqueue(new ReceivedRequest(context.Request.HttpMethod, context.Request.RawUrl!, headers, body.ToArray()));
        var answer = answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)];
        await Task.Delay(answer.Delay);
        try
        {
            context.Response.StatusCode = answer.Status;
            context.Response.ContentType = answer.ContentType;
            foreach (var (name, value) in answer.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.OutputStream.WriteAsync(answer.Body);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away, as the tests of cancellation mean it to.
        }
    }
}
