using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Speaks the Lambda Runtime API of 2018-06-01 (Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes").
/// </summary>
internal sealed class RuntimeApiClient : IDisposable
{
    private const string ErrorContentType = "application/vnd.aws.lambda.error+json";
    private readonly HttpClient http;
    private readonly string root = $"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/";

    public RuntimeApiClient(HttpClient http)
    {
        // The process is frozen while it waits for the next invocation, perhaps for hours.
        http.Timeout = TimeSpan.FromHours(12);
        this.http = http;
    }

    public async Task<(Stream Input, ILambdaContext Context)> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(root + "invocation/next", cancellationToken);
        response.EnsureSuccessStatusCode();
        var input = new MemoryStream(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var context = new LambdaContext(name => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null);
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", context.TraceId);
        return (input, context);
    }

    public Task RespondAsync(string requestId, Stream output) =>
        PostAsync($"invocation/{requestId}/response", new StreamContent(output ?? Stream.Null), "application/json", null);

    public Task ReportInvocationErrorAsync(string requestId, Exception error) =>
        PostAsync($"invocation/{requestId}/error", Describe(error), ErrorContentType, error.GetType().Name);

    public Task ReportInitializationErrorAsync(Exception error) => PostAsync("init/error", Describe(error), ErrorContentType, error.GetType().Name);

    public void Dispose() => http.Dispose();

    private async Task PostAsync(string path, HttpContent content, string contentType, string errorType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, root + path) { Content = content };
        content.Headers.ContentType = new(contentType);
        if (errorType != null)
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private static ByteArrayContent Describe(Exception error)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorType", error.GetType().Name);
            json.WriteString("errorMessage", error.Message);
            json.WriteStartArray("stackTrace");
            foreach (var line in (error.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new ByteArrayContent(buffer.ToArray());
    }
}
