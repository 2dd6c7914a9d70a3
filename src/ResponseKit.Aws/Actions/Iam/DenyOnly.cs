using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Policy documents that ResponseKit may put back: those that take away and give nothing. Whatever a receipt says, undoing never grants.
/// </summary>
internal static class DenyOnly
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether every statement of a document denies, and nothing in it can be read in two ways.</summary>
    public static bool Is(string document)
    {
        try
        {
            using var json = JsonDocument.Parse(document, Strict);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("Statement", out var statements))
                return false;
            return statements.ValueKind == JsonValueKind.Array
                ? statements.GetArrayLength() > 0 && statements.EnumerateArray().All(Denies)
                : Denies(statements);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The hash of a document however it is spaced; of its text where it is no JSON.</summary>
    public static string Hash(string document)
    {
        string text;
        try
        {
            text = JsonNode.Parse(document)?.ToJsonString() ?? document;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            text = document;
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static bool Denies(JsonElement statement) =>
        statement.ValueKind == JsonValueKind.Object && statement.TryGetProperty("Effect", out var effect) && effect.ValueKind == JsonValueKind.String
        && effect.GetString() == "Deny";
}
