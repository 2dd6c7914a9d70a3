using System.Globalization;

namespace ResponseKit.Correlation.Explaining;

/// <summary>Terms as explanations use them.</summary>
public static class Words
{
    /// <summary>A category as a sentence names it.</summary>
    public static string Name(SignalCategory category) => category switch
    {
        SignalCategory.PermissionProbing => "permission probing",
        SignalCategory.ExternalFinding => "external finding",
        _ => category.ToString().ToLowerInvariant(),
    };

    /// <summary>A number of points with its unit.</summary>
    public static string Points(int points) => string.Create(CultureInfo.InvariantCulture, $"{points} {(points == 1 ? "point" : "points")}");
}
