using System.Net;
using System.Text;
using System.Text.Json;

namespace ResponseKit.StandIns.Tests.Wire;

/// <summary>A request as it came over the wire. <see cref="Target"/> is the path and query, undecoded.</summary>
internal sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Path => Target.Split('?')[0];

    public string Query => Target.Contains('?', StringComparison.Ordinal) ? Target[(Target.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>The body's fields, without the two that every call has.</summary>
    public IReadOnlyDictionary<string, string> Fields =>
        Form.Where(f => f.Key is not ("Action" or "Version")).ToDictionary(f => f.Key, f => f.Value);

    public IReadOnlyDictionary<string, string> Form => Text.Split('&').Select(f => f.Split('=', 2))
        .ToDictionary(f => WebUtility.UrlDecode(f[0]), f => WebUtility.UrlDecode(f[1]));
}
