using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Text;

namespace ResponseKit.Correlation.Explaining;

/// <summary>Puts a verdict into words.</summary>
internal static class Explainer
{
    private const int MaxSteps = 25;
    private const int MaxLines = 10;

    /// <summary>The explanation of a case in which nothing counts.</summary>
    public static Explanation OfNothing(string actor, ImmutableArray<Signal> allowed) =>
        new(actor, [], 0, "Nothing remarkable was done.", [], NotCounted(allowed), []);

    /// <summary>The explanation of a verdict.</summary>
    /// <param name="actor">The key of the actor.</param>
    /// <param name="window">The window that the verdict is about.</param>
    /// <param name="signals">The signals in it.</param>
    /// <param name="allowed">The signals of the case that do not count.</param>
    /// <param name="settings">The thresholds.</param>
    public static Explanation Of(
        string actor, Window window, ImmutableArray<Signal> signals, ImmutableArray<Signal> allowed, CorrelationSettings settings)
    {
        var points = Tally.Points(signals, settings);
        var groups = signals.Where(signal => signal.Category != SignalCategory.Novelty)
            .GroupBy(signal => signal.DetectionId, StringComparer.Ordinal)
            .Select(group => Step([.. group], points))
            .ToList();
        return new(
            actor, [.. groups.Take(MaxSteps)], Math.Max(groups.Count - MaxSteps, 0), Sum(window, settings), Unusual(signals, points), NotCounted(allowed),
            [.. Counterfactuals.Of(window, settings)]);
    }

    private static ExplainedStep Step(List<Signal> alike, ImmutableDictionary<string, int> points) => new(
        alike[0].Time, alike[^1].Time, alike.Count, Printable.Of(alike[0].Finding.Explanation, 400), alike[0].DetectionId, alike[0].Category,
        points.GetValueOrDefault(alike[0].DetectionId), alike.Exists(Tally.IsDecisive));

    private static string Sum(Window window, CorrelationSettings settings)
    {
        var parts = string.Join(", ", window.Parts.ToDictionary().Select(part => string.Create(
            CultureInfo.InvariantCulture,
            $"{Words.Name(part.Key)} {part.Value}{(part.Value == settings.Caps.GetValueOrDefault(part.Key) ? " (its most)" : "")}")));
        var length = window.IsLong ? $" within {settings.LongWindowMinutes / 60} hours" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"Evidence{length}: {parts}{Times(window, settings)}. That makes {window.Score}, {Enough(window, settings)}.");
    }

    private static string Times(Window window, CorrelationSettings settings)
    {
        if (window.IsLong)
            return "";
        var factor = Scoring.Factor(window.Parts, window.Rush, window.HasCostly);
        if (factor == 1)
            return "";
        var why = factor < 1
            ? $"nothing in it is a stranger's: no trying out, nothing unusual, no other detector's finding{(window.HasCostly ? "" : "; nor is there costly compute")}"
            : $"{window.Rush.CountAtLeast(Scoring.Significant)} kinds of evidence came within {settings.RushMinutes} minutes";
        return string.Create(CultureInfo.InvariantCulture, $"; times {factor} because {why}");
    }

    private static string Enough(Window window, CorrelationSettings settings) => window.Level switch
    {
        2 when window.HasActs && window.Score >= settings.ContainAt => $"which reaches the {settings.ContainAt} for containment",
        2 => "and one decisive act",
        1 when window.Score >= settings.ContainAt => "but nothing took effect, so the case is only watched",
        1 when window.Score < settings.WatchAt => $"and one grave act, which is worth watching; containment needs {settings.ContainAt}",
        1 => $"which is worth watching; containment needs {settings.ContainAt}",
        _ => $"which is not remarkable; watching needs {settings.WatchAt}",
    };

    private static ImmutableArray<string> Unusual(ImmutableArray<Signal> signals, ImmutableDictionary<string, int> points) =>
    [
        .. signals.Where(signal => signal.Category == SignalCategory.Novelty)
            .GroupBy(signal => signal.DetectionId, StringComparer.Ordinal)
            .Select(group => (
                Strongest: group.OrderByDescending(signal => signal.Finding.Weight).ThenByDescending(signal => signal.Time).First(),
                Points: points.GetValueOrDefault(group.Key)))
            .Take(MaxLines)
            .Select(found => $"{found.Strongest.Time.UtcDateTime:HH:mm:ss} {Printable.Of(found.Strongest.Finding.Explanation, 300)} ({Words.Points(found.Points)})."),
    ];

    private static ImmutableArray<string> NotCounted(ImmutableArray<Signal> allowed)
    {
        var groups = allowed.GroupBy(signal => (signal.DetectionId, signal.Finding.Allowed)).ToList();
        var lines = groups.Take(MaxLines).Select(group => $"{Printable.Of(group.First().Finding.Explanation, 300)}"
            + $"{(group.Count() == 1 ? "" : $"; {group.Count() - 1} more like it")}, because {Printable.Of(group.Key.Allowed, 300)}.");
        return groups.Count <= MaxLines ? [.. lines] : [.. lines, $"{groups.Count - MaxLines} other kinds of things."];
    }
}
