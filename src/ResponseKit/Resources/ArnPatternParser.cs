using ResponseKit.Text;

namespace ResponseKit.Resources;

/// <summary>Reads <see cref="ArnPattern"/>s, and says what is wrong with a text that is none.</summary>
internal static class ArnPatternParser
{
    private static readonly Charset Pattern = new(Charset.Visible, 2048);
    private static readonly Charset Word = new(Charset.Alphanumeric + "-", 64);
    private static readonly Charset IamName = new(Charset.Alphanumeric + "_+=,.@-*?", 128);

    /// <summary>The pattern, or what is wrong with it as a sentence.</summary>
    public static string? Read(string? text, out ArnPattern? pattern)
    {
        pattern = null;
        if (!Pattern.Fits(text))
            return "It must be of 1 to 2048 visible ASCII characters.";
        var parts = text.Split(':', 6);
        if (parts.Length < 6 || parts[0] != "arn")
            return "It is not a whole ARN, from 'arn:' to the resource.";
        if (!Word.Fits(parts[1]) || !parts[1].StartsWith("aws", StringComparison.Ordinal))
            return $"The partition '{parts[1]}' is not spelt out, such as aws.";
        if (!Word.Fits(parts[2]))
            return $"The service '{parts[2]}' is not spelt out, such as iam.";
        if (parts[3] is not ("" or "*") && !Word.Fits(parts[3]))
            return $"The region '{parts[3]}' is neither empty, nor spelt out, nor *.";
        if (parts[4] is not ("" or "*" or "aws") && !AccountId.IsValid(parts[4]))
            return $"The account '{parts[4]}' is neither twelve digits nor *.";
        return ReadResource(text, parts, out pattern);
    }

    private static string? ReadResource(string text, string[] parts, out ArnPattern? pattern)
    {
        pattern = null;
        var resource = parts[5];
        var kindLength = resource.AsSpan().IndexOfAny('/', ':');
        var kind = kindLength < 0 ? "" : resource[..kindLength];
        if (kindLength >= 0 && !Word.Fits(kind))
            return $"The kind of resource '{kind}' is not spelt out, such as role.";
        if (parts[2] == "iam" && kindLength < 0)
            return $"'{resource}' does not say what kind of resource it is, such as role/NAME.";
        if (parts[2] == "iam" && resource[kindLength] != '/')
            return $"In ARNs of IAM a slash follows the kind: {kind}/NAME.";
        var separator = kindLength < 0 ? default : resource[kindLength];
        string[] segments = separator == default ? [resource] : resource[(kindLength + 1)..].Split(separator);
        var spansPaths = separator == '/' && segments[^1] == "**";
        string[] kept = spansPaths ? segments[..^1] : segments;
        if (Array.Exists(kept, segment => segment.Contains("**", StringComparison.Ordinal)))
            return "'**' may only stand alone at the end, behind a slash; within a segment of the path * stands for any text.";
        if (!spansPaths && (kept[^1].Length == 0 || (parts[2] == "iam" && !IamName.Fits(kept[^1]))))
            return $"The name '{kept[^1]}' can be none.";
        pattern = new(text, parts, kind, separator, [.. kept], spansPaths);
        return null;
    }
}
