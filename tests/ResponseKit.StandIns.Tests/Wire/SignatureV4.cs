using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ResponseKit.StandIns.Tests.Wire;

/// <summary>Recomputes a request's signature, as "Create a signed AWS API request" in the IAM User Guide says.</summary>
internal static class SignatureV4
{
    public static string Recompute(ReceivedRequest request, string secret)
    {
        var given = Parts(request.Headers["Authorization"]);
        var scope = given["Credential"].Split('/', 2)[1];
        var canonical = string.Join('\n',
            request.Method,
            string.Join('/', request.Path.Split('/').Select(Uri.EscapeDataString)),
            string.Join('&', request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)),
            string.Concat(given["SignedHeaders"].Split(';').Select(h => $"{h}:{request.Headers[h].Trim()}\n")),
            given["SignedHeaders"],
            Hex(SHA256.HashData(request.Body)));
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["X-Amz-Date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (k, part) => Hmac(k, part));
        return Hex(Hmac(key, text));
    }

    public static IReadOnlyDictionary<string, string> Parts(string authorization) =>
        authorization.Split(' ', 2)[1].Split(',').Select(p => p.Trim().Split('=', 2)).ToDictionary(p => p[0], p => p[1]);

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLower(CultureInfo.InvariantCulture);
}
