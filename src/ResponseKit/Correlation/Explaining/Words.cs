using System.Globalization;
using ResponseKit.Detections;

namespace ResponseKit.Correlation.Explaining;

/// <summary>Terms as explanations use them.</summary>
internal static class Words
{
    public static string Name(SignalCategory category) => category switch
    {
        SignalCategory.PermissionProbing => "permission probing",
        SignalCategory.ExternalFinding => "external finding",
        _ => category.ToString().ToLowerInvariant(),
    };

    public static string Points(int points) => string.Create(CultureInfo.InvariantCulture, $"{points} {(points == 1 ? "point" : "points")}");

    public static string List(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
