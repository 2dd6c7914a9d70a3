using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResponseKit.Deploy.Tests.Deployed;

/// <summary>AWS's own APIs where the product needs no SDK for them: EventBridge, Step Functions, KMS, S3. The account's owner asks, whose signatures are not looked at.</summary>
internal static class JsonApi
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>Asks for an operation by its <c>X-Amz-Target</c>, such as <c>AWSEvents.ListRules</c>.</summary>
    public static async Task<JsonNode> AskAsync(Uri address, string account, string region, string operation, object request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address);
        message.Headers.Add("X-Amz-Target", operation);
        Sign(message, account, region, operation.Split('.')[0] switch { "AWSEvents" => "events", "AWSStepFunctions" => "states", _ => "kms" });
        message.Content = new StringContent(JsonSerializer.Serialize(request), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        using var response = await Http.SendAsync(message);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{operation}: {answer}");
        return JsonNode.Parse(answer)!;
    }

    public static async Task<bool> FindsAsync(Uri bucket, string account, string region)
    {
        using var message = new HttpRequestMessage(HttpMethod.Head, bucket);
        Sign(message, account, region, "s3");
        using var response = await Http.SendAsync(message);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{response.StatusCode}");
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static void Sign(HttpRequestMessage message, string account, string region, string service) => message.Headers.TryAddWithoutValidation(
        "Authorization", $"AWS4-HMAC-SHA256 Credential=AKIAROOT{account}/20251102/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
}
