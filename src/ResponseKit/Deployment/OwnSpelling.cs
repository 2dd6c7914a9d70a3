using ResponseKit.Resources;

namespace ResponseKit.Deployment;

/// <summary>
/// Reads the ways in which requests name one thing: name, ARN, the end of an ARN (Lambda API Reference, "FunctionName"), address of a queue; with a
/// version, an id or a path below it.
/// </summary>
internal static class OwnSpelling
{
    private const int Longest = 2048;

    /// <summary>The name, with account and region where the spelling tells them; null for what cannot name such a part.</summary>
    public static (string Name, string? Account, string? Region)? Read(OwnPart part, string text)
    {
        if (text.Length is 0 or > Longest)
            return null;
        if (Arn.TryParse(text, out var arn))
            return arn.Service == part.Service && Below(part, arn.Resource, needsPrefix: true) is { } named ? (named, NotEmpty(arn.Account), NotEmpty(arn.Region)) : null;
        if (text.Contains("://", StringComparison.Ordinal))
            return OfAddress(text);
        // 111122223333:function:name
        if (part.Service == "lambda" && text.Split(':', 2) is [var account, var rest] && AccountId.IsValid(account))
            return Below(part, rest, needsPrefix: true) is { } name ? (name, account, null) : null;
        return Below(part, text, needsPrefix: false) is { } bare ? (bare, null, null) : null;
    }

    // The name within the resource part of an ARN, or as it is written.
    private static string? Below(OwnPart part, string resource, bool needsPrefix)
    {
        foreach (var prefix in part.Prefixes)
        {
            if (resource.StartsWith(prefix, StringComparison.Ordinal) && (prefix.Length > 0 || needsPrefix))
                return Cut(part, resource[prefix.Length..]);
        }

        return needsPrefix ? null : Cut(part, resource);
    }

    private static string? Cut(OwnPart part, string text)
    {
        // IAM's paths stand before the name, everything else's behind it.
        if (part.Service == "iam")
            return NotEmpty(text[(text.LastIndexOf('/') + 1)..]);
        // rule/BUS/NAME, where the bus is ours or another.
        if (part.Id == "rules" && text.LastIndexOf('/') is >= 0 and var slash)
            return NotEmpty(text[(slash + 1)..]);
        // /aws/lambda/NAME
        if (part.Id == "logs" && text.StartsWith("/aws/lambda/", StringComparison.Ordinal))
            text = text["/aws/lambda/".Length..];
        // What follows is a version, an id or a path below it.
        var end = text.AsSpan().IndexOfAny(':', '/');
        return NotEmpty(end < 0 ? text : text[..end]);
    }

    // https://sqs.REGION.amazonaws.com/ACCOUNT/NAME
    private static (string Name, string? Account, string? Region)? OfAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.AbsolutePath.Split('/') is ["", var account, { Length: > 0 } name] && AccountId.IsValid(account)
            ? (name, account, address.Host.Split('.') is ["sqs", var region, ..] && RegionName.IsValid(region) ? region : null)
            : null;

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
