using System.Globalization;
using ResponseKit.Policy;

namespace ResponseKit.Correlation.Explaining;

/// <summary>Says what would have changed a verdict: what carried it, and how far the thresholds are.</summary>
internal static class Counterfactuals
{
    public static IEnumerable<string> Of(Window window, CorrelationSettings settings) => window.Level switch
    {
        2 => OfContainment(window, settings),
        1 when window.Score >= settings.ContainAt => ["One call that takes effect, other than looking around, would make it a case for containment."],
        1 => OfWatching(window, settings),
        _ => [],
    };

    private static IEnumerable<string> OfContainment(Window window, CorrelationSettings settings)
    {
        if (window.IsDecided)
        {
            yield return window.HasActs && window.Score >= settings.ContainAt
                ? "Without the decisive act it would be contained all the same."
                : $"Without the decisive act it would be {(window.Score >= settings.WatchAt ? "watched" : "ignored")}.";
            yield break;
        }

        if (window.IsLong)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Over so long a time evidence counts from {Scoring.ManyCategories} kinds of it on; there are {window.Parts.CountAtLeast(Scoring.Significant)}.");
            yield return string.Create(CultureInfo.InvariantCulture, $"With a containAt above {window.Score} it would have been watched.");
            yield break;
        }

        var carrying = window.Parts.ToDictionary().Keys
            .Select(category => (Category: category, Score: ScoreWithout(window, category)))
            .Where(without => without.Score < settings.ContainAt)
            .ToList();
        foreach (var (category, score) in carrying)
            yield return string.Create(CultureInfo.InvariantCulture, $"Without the {Words.Name(category)} it would have made {score}, too little to contain.");
        if (carrying.Count == 0)
            yield return "No single kind of evidence carries it: without any one of them it would still be contained.";
        yield return string.Create(CultureInfo.InvariantCulture, $"With a containAt above {window.Score} it would have been watched.");
    }

    private static IEnumerable<string> OfWatching(Window window, CorrelationSettings settings)
    {
        var missing = settings.ContainAt - window.Score;
        yield return string.Create(CultureInfo.InvariantCulture, $"It lacks {missing} for containment.");
        if (!window.IsLong && !Scoring.IsStranger(window.Parts) && window.Parts.Sum + Scoring.Significant is var strangers)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"With signs of a stranger, such as several dry runs or refused launches, it would make {strangers} or more"
                + $"{(strangers >= settings.ContainAt ? ", and be contained" : "")}.");
        }
    }

    private static int ScoreWithout(Window window, SignalCategory category) =>
        Scoring.Of(window.Parts.Without(category), window.Rush.Without(category), window.HasCostly && category != SignalCategory.Provisioning);
}
