using System.Diagnostics.CodeAnalysis;

namespace ResponseKit.Resources;

/// <summary>
/// An Amazon Resource Name, in its six parts. The resource part keeps whatever the service puts there.
/// Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
/// </summary>
/// <param name="Partition">aws, aws-cn or aws-us-gov.</param>
/// <param name="Service">The service's namespace, such as <c>iam</c>.</param>
/// <param name="Region">The region; empty for global services.</param>
/// <param name="Account">The account id; empty for some services.</param>
/// <param name="Resource">Everything behind the fifth colon.</param>
public readonly record struct Arn(string Partition, string Service, string Region, string Account, string Resource)
{
    /// <summary>Reads an ARN; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Arn arn)
    {
        arn = default;
        if (text is null || text.Length > 2048 || !text.StartsWith("arn:", StringComparison.Ordinal))
            return false;
        Span<Range> parts = stackalloc Range[6];
        if (text.AsSpan().Split(parts, ':') != 6 || IsEmpty(parts[1]) || IsEmpty(parts[2]) || IsEmpty(parts[5]))
            return false;
        arn = new Arn(text[parts[1]], text[parts[2]], text[parts[3]], text[parts[4]], text[parts[5]]);
        return true;
    }

    /// <summary>The partition that a region belongs to.</summary>
    public static string PartitionOf(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
        : "aws";

    private static bool IsEmpty(Range part) => part.Start.Equals(part.End);

    /// <inheritdoc/>
    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{Account}:{Resource}";
}
