using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace ResponseKit.StandIns.Tests.Lambda;

/// <summary>
/// A function that tells what the runtime has made of its environment. This assembly, started as a program, runs it as Lambda would; tests of the runtime
/// start it so.
/// </summary>
internal static class ProbeFunction
{
    /// <summary>Set to make the first wait for an invocation end as one that took longer than the client waits.</summary>
    public const string TimesOutFirst = "PROBE_TIMES_OUT_FIRST";

    private static async Task Main()
    {
        using var client = new HttpClient(new FirstWaitTimesOut { InnerHandler = new SocketsHttpHandler() });
        using var bootstrap = LambdaBootstrapBuilder.Create(AnswerAsync).UseHttpClient(client).Build();
        await bootstrap.RunAsync();
    }

    // The event is what to do: "memory", "log", or the message of the error to fail with.
    private static async Task<Stream> AnswerAsync(Stream input, ILambdaContext context)
    {
        var wanted = await JsonSerializer.DeserializeAsync<string>(input);
        switch (wanted)
        {
            case "memory":
                GC.Collect();
                return Text(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
            case "log":
                context.Logger.LogInformation("said \"once\"");
                context.Logger.LogWarning("said twice");
                context.Logger.LogError("said thrice");
                return Text("\"logged\"");
            default:
                throw new InvalidOperationException(wanted);
        }
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class FirstWaitTimesOut : DelegatingHandler
    {
        private bool pending = Environment.GetEnvironmentVariable(TimesOutFirst) is not null;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!pending)
                return base.SendAsync(request, cancellationToken);
            pending = false;
            throw new TaskCanceledException("The wait took longer than HttpClient.Timeout.", new TimeoutException());
        }
    }
}
