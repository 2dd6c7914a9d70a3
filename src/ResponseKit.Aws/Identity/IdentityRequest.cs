using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Identity;

/// <summary>
/// The one request by which a person proves who they are: POST to the regional endpoint of STS, with a fixed body. The SDK signs no request without sending it, so it
/// is signed here (IAM User Guide, "Create a signed AWS API request").
/// </summary>
public static class IdentityRequest
{
    /// <summary>The body.</summary>
    public const string Body = "Action=GetCallerIdentity&Version=2011-06-15";

    /// <summary>The body's type.</summary>
    public const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <summary>The endpoint: of AWS in the region's partition, or of an emulator.</summary>
    public static Uri Endpoint(string region, string? serviceUrl)
    {
        if (serviceUrl is not null)
            return new Uri(new Uri(serviceUrl), "/");
        var suffix = Arn.PartitionOf(region) == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
        return new Uri($"https://sts.{region}.{suffix}/");
    }

    /// <summary>Signs it with a person's credentials.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="region">The deployment's region.</param>
    /// <param name="endpoint">From <see cref="Endpoint"/>.</param>
    /// <param name="answer">From <see cref="AnswerText"/>.</param>
    /// <param name="now">The time.</param>
    public static CallerProof Sign(ImmutableCredentials credentials, string region, Uri endpoint, string answer, DateTimeOffset now)
    {
        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var token = credentials.UseToken ? credentials.Token : null;
        var headers = token is null ? CallerProof.SignedHeaders.Without : CallerProof.SignedHeaders.With;
        var lines = new List<string> { "POST", "/", "", $"content-type:{ContentType}", $"host:{endpoint.Authority}", $"x-amz-date:{date}" };
        if (token is not null)
            lines.Add($"x-amz-security-token:{token}");
        lines.AddRange([$"{AnswerText.Header}:{answer}", "", headers, Hash(Body)]);
        var scope = $"{date[..8]}/{region}/sts/aws4_request";
        var key = Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey);
        foreach (var part in scope.Split('/'))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hash(string.Join('\n', lines))}"));
        return new CallerProof(
            $"AWS4-HMAC-SHA256 Credential={credentials.AccessKey}/{scope}, SignedHeaders={headers}, Signature={Convert.ToHexStringLower(signature)}", date, token);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
