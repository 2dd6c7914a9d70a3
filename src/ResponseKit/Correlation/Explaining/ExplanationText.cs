using System.Globalization;
using System.Text;
using ResponseKit.Text;

namespace ResponseKit.Correlation.Explaining;

/// <summary>Writes an explanation as plain text.</summary>
public static class ExplanationText
{
    /// <summary>The whole explanation.</summary>
    public static string Of(Explanation explanation)
    {
        var text = new StringBuilder();
        if (explanation.Steps is [var first, ..])
        {
            text.Append(CultureInfo.InvariantCulture, $"{Printable.Of(explanation.Actor, 200)} on {first.Time.UtcDateTime:yyyy-MM-dd}, times in UTC:\n");
            foreach (var step in explanation.Steps)
                text.Append(Line(step, first.Time)).Append('\n');
        }

        if (explanation.MoreSteps > 0)
            text.Append(CultureInfo.InvariantCulture, $"and {explanation.MoreSteps} other kinds of things.\n");
        text.Append(explanation.Sum);
        foreach (var line in explanation.Unusual.Select(line => "Unusual: " + line)
            .Concat(explanation.NotCounted.Select(line => "Not counted: " + line))
            .Concat(explanation.WouldChange)
            .Concat(explanation.First.Select(line => "First: " + line)))
        {
            text.Append('\n').Append(line);
        }

        return text.ToString();
    }

    /// <summary>One step as a sentence with its time.</summary>
    /// <param name="step">The step.</param>
    /// <param name="start">The day of this time is left out.</param>
    public static string Line(ExplainedStep step, DateTimeOffset start)
    {
        var until = Clock(step.Until, step.Time) == Clock(step.Time, step.Time) ? "" : $" until {Clock(step.Until, step.Time)}";
        var more = step.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {step.Count - 1} more like it{until}");
        var decisive = step.IsDecisive ? "; this alone is reason enough to contain" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Clock(step.Time, start)} {step.Text}{more} ({Words.Name(step.Category)}, {Words.Points(step.Points)}{decisive}).");
    }

    private static string Clock(DateTimeOffset time, DateTimeOffset than) => time.UtcDateTime.ToString(
        time.UtcDateTime.Date == than.UtcDateTime.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
