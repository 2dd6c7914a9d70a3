using System.Globalization;
using ResponseKit.Detections.Costs;
using ResponseKit.Policy;

namespace ResponseKit.Correlation.Explaining;

/// <summary>Says what would have changed a verdict: each thing that carries it is taken away, and the rest is graded again as it was.</summary>
internal static class Counterfactuals
{
    public static IEnumerable<string> Of(Window window, CorrelationSettings settings)
    {
        if (window.Level == 0)
            return [];
        List<string> lines = [];
        foreach (var (what, without) in Alternatives(window))
        {
            var grade = Grading.Of(without.Recent, without.Patient, settings);
            if (grade.Level < window.Level)
                lines.Add($"Without {what} it would be {Words.Done(grade.Level)}.");
        }

        if (lines.Count == 0 && window.Level >= Grading.Brake)
            lines.Add($"Nothing carries it alone: without any one part of the evidence it would still be {Words.Done(window.Level)}.");
        if (window.Level == Grading.Watch && window.Grade.Reason == GradeReason.Score)
            lines.AddRange(OfWatching(window, settings));
        return lines;
    }

    private static IEnumerable<(string What, (WindowFacts Recent, WindowFacts Patient) Without)> Alternatives(Window window)
    {
        (WindowFacts, WindowFacts) Both(Func<WindowFacts, WindowFacts> change) => (change(window.Recent), change(window.Patient));
        if (window.Recent.IsDecided)
            yield return ("the decisive act", Both(facts => facts with { IsDecided = false }));
        foreach (var category in window.Side.Parts.ToDictionary().Keys)
            yield return ($"the {Words.Name(category)}", Both(facts => facts.Without(category)));
        if (window.Recent.Micros > 0)
            yield return ($"what it costs ({Dollars.AnHour(window.Recent.UsdPerHour)})", Both(facts => facts with { Micros = 0, HasCostly = false }));
        foreach (var kind in Enum.GetValues<Damages>().Where(kind => kind != Damages.None && window.Recent.Damages.HasFlag(kind)))
            yield return ($"the {Words.Name(kind)}", Both(facts => facts with { Damages = facts.Damages & ~kind }));
        if (window.Recent.HasGrave)
            yield return ("the grave act", Both(facts => facts with { HasGrave = false }));
    }

    private static IEnumerable<string> OfWatching(Window window, CorrelationSettings settings)
    {
        if (window.Score < settings.ContainAt)
            yield return string.Create(CultureInfo.InvariantCulture, $"It is {settings.ContainAt - window.Score} points short of {settings.ContainAt}.");
        if (!window.Side.HasActs)
            yield return "Nothing took effect. One call that does, other than looking around, would count for more.";
        else if (!window.Recent.IsStranger)
            yield return "Without signs of a stranger, such as dry runs, refused launches or another detector's finding, a score alone is only watched.";
    }
}
