using System.Text;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Text;

namespace ResponseKit.Correlation;

/// <summary>Puts a verdict into words.</summary>
internal static class Explanation
{
    private const int MaxLines = 25;

    public static string Of(string actor, Correlator.Window window, ReadOnlySpan<Signal> signals, CorrelationSettings settings)
    {
        var groups = signals.ToArray().GroupBy(signal => signal.DetectionId, StringComparer.Ordinal).Select(group => group.ToList()).ToList();
        var text = new StringBuilder();
        text.Append($"{Printable.Of(actor, 200)} on {signals[0].Time.UtcDateTime:yyyy-MM-dd}, times in UTC:\n");
        foreach (var group in groups.Take(MaxLines))
            text.Append(Line(group)).Append('\n');
        if (groups.Count > MaxLines)
            text.Append($"and {groups.Count - MaxLines} other kinds of things.\n");
        return text.Append(Sum(window, settings)).ToString();
    }

    private static string Line(List<Signal> alike)
    {
        var (first, last) = (alike[0], alike[^1]);
        var more = alike.Count == 1 ? "" : $"; {alike.Count - 1} more like it until {last.Time.UtcDateTime:HH:mm:ss}";
        var decisive = alike.Any(Tally.IsDecisive) ? "; this alone is reason enough to contain" : "";
        return $"{first.Time.UtcDateTime:HH:mm:ss} {Printable.Of(first.Finding.Explanation, 400)}{more} ({Name(first.Category)}{decisive}).";
    }

    private static string Sum(Correlator.Window window, CorrelationSettings settings)
    {
        var parts = string.Join(", ", window.Categories.Select(part =>
            $"{Name(part.Key)} {part.Value}{(part.Value == settings.Caps.GetValueOrDefault(part.Key) ? " (its most)" : "")}"));
        var rush = Correlator.RushFactor(window.Rushing);
        var times = rush > 1 ? $"; times {rush} because {window.Rushing.Length} kinds of evidence came within {settings.RushMinutes} minutes" : "";
        var enough = window.Level switch
        {
            2 when window.Score >= settings.ContainAt => $"which reaches the {settings.ContainAt} for containment",
            2 => "and one decisive act",
            1 when window.Score >= settings.ContainAt => "but nothing took effect, so the case is only watched",
            1 => $"which is worth watching; containment needs {settings.ContainAt}",
            _ => $"which is not remarkable; watching needs {settings.WatchAt}",
        };
        return $"Evidence: {parts}{times}. That makes {window.Score}, {enough}.";
    }

    private static string Name(SignalCategory category) => category switch
    {
        SignalCategory.PermissionProbing => "permission probing",
        SignalCategory.ExternalFinding => "external finding",
        _ => category.ToString().ToLowerInvariant(),
    };
}
