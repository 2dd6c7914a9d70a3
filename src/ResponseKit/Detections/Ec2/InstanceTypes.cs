using System.Globalization;
using ResponseKit.Policy;

namespace ResponseKit.Detections.Ec2;

/// <summary>
/// What an EC2 instance type's name tells: <c>g4dn.12xlarge</c> is of family g4dn and has 48 vCPUs.
/// Source: Amazon EC2 Instance Types guide, "Amazon EC2 instance type naming conventions".
/// </summary>
internal static class InstanceTypes
{
    /// <summary>Families with graphics cards, learning or video accelerators, FPGAs, or built for high-performance computing.</summary>
    private static readonly string[] AcceleratedSeries = ["p", "g", "gr", "inf", "trn", "dl", "vt", "f", "hpc"];

    /// <summary>The vCPUs taken for a bare-metal size that does not say how large it is; the smallest common machine has 96.</summary>
    private const int MetalVcpus = 96;

    /// <summary>The family in lower case, or null when the text is no instance type.</summary>
    public static string? Family(string? type)
    {
        var dot = type?.IndexOf('.') ?? -1;
        return dot is > 0 and <= 32 ? type![..dot].ToLowerInvariant() : null;
    }

    /// <summary>Whether the family is built for computing that miners and model trainers want.</summary>
    public static bool IsAccelerated(string? type)
    {
        if (Family(type) is not { } family)
            return false;
        var digit = family.AsSpan().IndexOfAnyInRange('0', '9');
        return digit > 0 && Array.Exists(AcceleratedSeries, series => family.AsSpan(0, digit).SequenceEqual(series));
    }

    /// <summary>Whether the type is a whole physical machine.</summary>
    public static bool IsMetal(string? type) => Size(type) is { } size && size.StartsWith("metal", StringComparison.Ordinal);

    /// <summary>The vCPUs that the size's name stands for: 4 for each x of <c>xlarge</c>; null where the name does not tell.</summary>
    public static int? Vcpus(string? type)
    {
        if (Size(type) is not { } size)
            return null;
        if (size == "metal")
            return MetalVcpus;
        if (size.StartsWith("metal-", StringComparison.Ordinal) && size.EndsWith("xl", StringComparison.Ordinal))
            return Number(size["metal-".Length..^"xl".Length]) * 4;
        if (size.EndsWith("xlarge", StringComparison.Ordinal))
            return size == "xlarge" ? 4 : Number(size[..^"xlarge".Length]) * 4;
        return size switch
        {
            "nano" or "micro" or "small" or "medium" => 1,
            "large" => 2,
            _ => null,
        };
    }

    /// <summary>Whether the policy says that launches of this family are never remarkable.</summary>
    public static bool IsApproved(string? type, DetectionSettings settings) =>
        Family(type) is { } family && settings.ApprovedInstanceFamilies.Contains(family, StringComparer.OrdinalIgnoreCase);

    private static string? Size(string? type) =>
        Family(type) is { } family && type!.Length <= 64 ? type[(family.Length + 1)..].ToLowerInvariant() : null;

    // Larger than any machine that will be sold, small enough never to overflow.
    private static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000 ? number : null;
}
