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

    /// <summary>What is done at a level: <c>ignored</c>, <c>watched</c>, <c>braked</c>, <c>contained</c>.</summary>
    internal static string Done(int level) => level switch
    {
        Grading.Contain => "contained",
        Grading.Brake => "braked",
        Grading.Watch => "watched",
        _ => "ignored",
    };

    /// <summary>A sort of grave act as a sentence names it.</summary>
    internal static string Name(Damages damage) => damage switch
    {
        Damages.BackDoor => "back door",
        _ => damage.ToString().ToLowerInvariant(),
    };

    /// <summary>A number of points with its unit.</summary>
    public static string Points(int points) => string.Create(CultureInfo.InvariantCulture, $"{points} {(points == 1 ? "point" : "points")}");
}
