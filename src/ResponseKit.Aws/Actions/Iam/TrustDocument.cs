using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Resources;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// A trust policy in one spelling, so that two can be compared: IAM writes the account 111122223333 as its root's ARN, and a list of one may be written as a
/// text. Whatever else differs makes another trust.
/// </summary>
/// <param name="Text">The document as it was written.</param>
/// <param name="Canonical">The same in one spelling.</param>
internal sealed record TrustDocument(string Text, string Canonical)
{
    // A document with a member twice says two things; which of them IAM heeds is not known.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads one as it stands in a record or in IAM's answer, which is in URL encoding; null where it is no policy that lets anybody in.</summary>
    /// <param name="text">The text.</param>
    /// <param name="partition">The partition of the account.</param>
    public static TrustDocument? Parse(string? text, string partition)
    {
        if (text is null)
            return null;
        var plain = text.TrimStart().StartsWith('{') ? text : WebUtility.UrlDecode(text);
        try
        {
            return JsonNode.Parse(plain, documentOptions: Strict) is JsonObject document && LetsSomebodyIn(document)
                ? new TrustDocument(plain, Spelt(document, partition, isPrincipal: false)!.ToJsonString())
                : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether both say the same.</summary>
    public bool Same(TrustDocument? other) => other?.Canonical == Canonical;

    /// <summary>What stands for it in a receipt.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical)));

    private static bool LetsSomebodyIn(JsonObject document)
    {
        var statements = document["Statement"] is JsonArray many ? many.ToList() : [document["Statement"]];
        return statements.Exists(statement => statement is JsonObject allow && allow["Effect"]?.GetValue<string>() == "Allow" && (allow["Principal"] ?? allow["NotPrincipal"]) is not null)
            && statements.TrueForAll(statement => statement is JsonObject);
    }

    private static JsonNode? Spelt(JsonNode? node, string partition, bool isPrincipal) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Spelt(member.Value, partition, isPrincipal || member.Key is "Principal" or "NotPrincipal")))),
        JsonArray { Count: 1 } one => Spelt(one[0], partition, isPrincipal),
        JsonArray many => new JsonArray([.. many.Select(item => Spelt(item, partition, isPrincipal)).OrderBy(item => item?.ToJsonString() ?? "", StringComparer.Ordinal)]),
        JsonValue value when isPrincipal && value.TryGetValue<string>(out var text) && AccountId.IsValid(text) => JsonValue.Create($"arn:{partition}:iam::{text}:root"),
        _ => node?.DeepClone(),
    };
}
