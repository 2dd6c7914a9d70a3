using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>The unconditional deny, in its two spellings.</summary>
internal static class Quarantine
{
    /// <summary>Name of the inline policy.</summary>
    public const string PolicyName = "ResponseKitQuarantine";

    /// <summary>
    /// The inline policy, short because all inline policies of a user share 2,048 characters.
    /// IAM User Guide, "IAM and AWS STS quotas".
    /// </summary>
    public const string Document = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""";

    /// <summary>AWS's own managed policy that denies everything. AWS Managed Policy Reference Guide, "AWSDenyAll".</summary>
    public static string ManagedPolicy(string partition) => $"arn:{partition}:iam::aws:policy/AWSDenyAll";

    /// <summary>Whether a document is <see cref="Document"/>, however it is spaced.</summary>
    public static bool IsDocument(string? text)
    {
        if (text is null)
            return false;
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(Document));
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
