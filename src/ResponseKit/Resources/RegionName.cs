using System.Diagnostics.CodeAnalysis;
using ResponseKit.Text;

namespace ResponseKit.Resources;

/// <summary>Names of AWS regions, such as <c>ap-southeast-2</c> or <c>us-gov-west-1</c>. New ones appear, so only the shape is known.</summary>
public static class RegionName
{
    private static readonly Charset Letters = new(Charset.Lower, 16, 2);
    private static readonly Charset Number = new(Charset.Digits, 2);

    /// <summary>Whether the text has a region's shape: words of letters and a number, joined by hyphens.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: <= 32 } && text.Split('-') is { Length: >= 3 } parts && Number.Fits(parts[^1]) && parts[..^1].All(Letters.Fits);
}
