using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace ResponseKit.Testing;

/// <summary>An SNS topic and an HTTP endpoint that subscribes to it, so that a test sees what people are told.</summary>
public sealed class NoticeBoard : IAsyncDisposable
{
    private readonly HttpListener listener;
    private readonly ConcurrentQueue<JsonElement> received = new();
    private readonly Task loop;

    private NoticeBoard(HttpListener listener, string topic)
    {
        this.listener = listener;
        Topic = topic;
        loop = ServeAsync();
    }

    /// <summary>The topic's ARN.</summary>
    public string Topic { get; }

    /// <summary>The messages as SNS delivers them, in order (Amazon SNS Developer Guide, "Parsing message formats").</summary>
    public IReadOnlyList<JsonElement> Messages => [.. received.Where(message => message.TryGetProperty("Type", out var type) && type.GetString() == "Notification")];

    /// <summary>Makes the topic in an account and listens.</summary>
    public static async Task<NoticeBoard> CreateAsync(EmulatorFixture emulator, TestAccount account, string region = "us-east-1")
    {
        using var sns = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("AKIAROOT" + account.Id, "any"), emulator.Settings.For(new AmazonSimpleNotificationServiceConfig(), region));
        var topic = (await sns.CreateTopicAsync(new CreateTopicRequest { Name = "responsekit" })).TopicArn;
        var (listener, address) = Listen();
        var board = new NoticeBoard(listener, topic);
        await sns.SubscribeAsync(new SubscribeRequest { TopicArn = topic, Protocol = "http", Endpoint = address });
        return board;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await loop;
        listener.Close();
    }

    private static (HttpListener Listener, string Address) Listen()
    {
        for (var attempt = 1; ; attempt++)
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
            catch (HttpListenerException) when (attempt < 5)
            {
                // Somebody else took the port in between.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                received.Enqueue(JsonElement.Parse(body.ToArray()));
                context.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
