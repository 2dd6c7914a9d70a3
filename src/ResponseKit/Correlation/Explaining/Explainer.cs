using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Detections;
using ResponseKit.Detections.Costs;
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
        var parts = string.Join(", ", window.Side.Parts.ToDictionary().Select(part => string.Create(
            CultureInfo.InvariantCulture,
            $"{Words.Name(part.Key)} {part.Value}{(part.Value == settings.Caps.GetValueOrDefault(part.Key) ? " (cap)" : "")}")));
        var length = window.IsLong ? $" within {settings.LongWindowMinutes / 60} hours" : "";
        var evidence = parts.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Evidence{length}: {parts}{Times(window, settings)}. Total {window.Score}. ");
        return $"{evidence}{Spent(window)}{Verdict(window, settings)}";
    }

    private static string Times(Window window, CorrelationSettings settings)
    {
        if (window.IsLong)
            return "";
        var factor = Scoring.Factor(window.Recent);
        if (factor == 1)
            return "";
        var why = factor < 1
            ? $"nothing in it is a stranger's: no trying out, nothing unusual, no other detector's finding{(window.Recent.HasCostly ? "" : "; nor is there costly compute")}"
            : $"several kinds of evidence came within {settings.RushMinutes} minutes";
        return string.Create(CultureInfo.InvariantCulture, $"; times {factor} because {why}");
    }

    private static string Spent(Window window)
    {
        if (window.Recent.UsdPerHour < 1)
            return "";
        var most = window.MostMicros > 2 * window.Recent.Micros ? $", and may grow to ${Dollars.Amount(window.MostMicros / 1_000_000m)} by itself" : "";
        return $"What was made costs {Dollars.AnHour(window.Recent.UsdPerHour)}{most}. ";
    }

    private static string Verdict(Window window, CorrelationSettings settings) => (window.Level, window.Grade.Reason) switch
    {
        (Grading.Contain, GradeReason.Decisive) => "One decisive act: contain.",
        (Grading.Contain, GradeReason.Score) when !window.Side.IsStranger =>
            $"It reaches the containment threshold {settings.ContainAt} and goes all the way, from ways back in to compute that is kept from being removed or seen: contain.",
        (Grading.Contain, GradeReason.Score) => $"It reaches the containment threshold {settings.ContainAt}, is a stranger's, and hurts: contain.",
        (Grading.Contain, GradeReason.Damage) => $"Grave acts of several sorts ({Kinds(window)}): contain.",
        (Grading.Contain, _) => $"More than ${settings.ContainUsdPerHour} an hour with signs of intent: contain.",
        (Grading.Brake, GradeReason.Money) => $"More than ${settings.BrakeUsdPerHour} an hour, whatever the intent: brake, and ask.",
        (Grading.Brake, GradeReason.Places) => $"It is spent or asked for in {Math.Max(window.Recent.Places, window.Recent.ByUseRegions)} regions: brake, and ask.",
        (Grading.Brake, GradeReason.Score) => $"It reaches {settings.ContainAt}, but nothing in it hurts yet, or it is merely unlike the past: brake, and ask.",
        (Grading.Brake, GradeReason.Damage) => $"A grave act ({Kinds(window)}) that may have a reason: brake, and ask.",
        (Grading.Brake, GradeReason.Look) => "Somebody looked around with a credential of a sort that is found lying about, and then did what nobody at home there does: brake, and ask.",
        (Grading.Brake, _) => "It costs money and shows signs of intent: brake, and ask.",
        (Grading.Watch, GradeReason.Grave) => "One grave act: watch.",
        (Grading.Watch, GradeReason.Places) => $"Models or mail were asked for, and looked at in {window.Recent.UseRegions} regions: watch.",
        (Grading.Watch, GradeReason.Money) => $"More than ${settings.WatchUsdPerHour} an hour: watch.",
        (Grading.Watch, GradeReason.Look) => window.Recent.HasLook
            ? "Somebody looked around with a credential of a sort that is found lying about: watch."
            : "It is unusual in itself: watch.",
        (Grading.Watch, _) when !window.Side.HasActs => "Nothing took effect: watch.",
        (Grading.Watch, _) => $"It reaches the watch threshold {settings.WatchAt}: watch.",
        _ => $"Not remarkable; watching needs {settings.WatchAt}.",
    };

    private static string Kinds(Window window) =>
        string.Join(", ", Enum.GetValues<Damages>().Where(kind => kind != Damages.None && window.Recent.Damages.HasFlag(kind)).Select(Words.Name));

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
