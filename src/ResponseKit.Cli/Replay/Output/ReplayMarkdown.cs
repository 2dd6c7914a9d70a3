using System.Globalization;
using System.Text;
using ResponseKit.Correlation.Explaining;
using ResponseKit.Replay;

namespace ResponseKit.Cli.Replay.Output;

/// <summary>Writes what replaying found as Markdown, for a ticket or a page: the table, then the explanation of each incident.</summary>
internal static class ReplayMarkdown
{
    public static string Write(ReplayResult result)
    {
        var text = new StringBuilder("# Replay\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{result.Read.Records:N0} records in {result.Read.Files:N0} files, read in {result.Seconds:N1} seconds.\n\n");
        Section(text, "Incidents", result.Incidents);
        if (result.WhatIf is { } others)
            Section(text, "Incidents with " + string.Join(", ", result.Options.WhatIf!.Changes.Select(MarkdownText.Of)), others);
        foreach (var incident in result.Incidents)
            Incident(text, incident, ReportBuilder.Explained(incident, result.Options.Policy));
        if (!result.Skipped.IsEmpty)
        {
            text.Append("## Skipped\n\n");
            foreach (var skipped in result.Skipped)
                text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Of(skipped.File)}: {MarkdownText.Of(skipped.Reason)}\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Section(StringBuilder text, string title, IReadOnlyCollection<ReplayedCase> incidents)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        if (incidents.Count == 0)
        {
            text.Append("None.\n\n");
            return;
        }

        text.Append("| Actor | Verdict | Score | First alert (UTC) | Seconds after the first record | Record |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var incident in incidents)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {MarkdownText.Of(ActorName.Of(incident.Incident.Root))} | {incident.Verdict.Name} | {incident.Verdict.Score} | {incident.FirstAlert.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} | {incident.After.TotalSeconds:0} | {incident.RecordIndex} of {incident.Records} |\n");
        }

        text.Append('\n');
    }

    private static void Incident(StringBuilder text, ReplayedCase incident, Explanation explanation)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {MarkdownText.Of(ActorName.Of(incident.Incident.Root))}: {incident.Verdict.Name}\n\n");
        if (explanation.Steps is [var first, ..])
        {
            text.Append(CultureInfo.InvariantCulture, $"On {first.Time.UtcDateTime:yyyy-MM-dd}, times in UTC:\n\n");
            List(text, [.. explanation.Steps.Select(step => ExplanationText.Line(step, first.Time))]);
        }

        text.Append(MarkdownText.Of(explanation.Sum)).Append("\n\n");
        Titled(text, "Unusual", explanation.Unusual);
        Titled(text, "Not counted", explanation.NotCounted);
        Titled(text, "What would have changed the verdict", explanation.WouldChange);
        Titled(text, "What the response does first", explanation.First);
    }

    private static void Titled(StringBuilder text, string title, IReadOnlyCollection<string> lines)
    {
        if (lines.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"**{title}**\n\n");
        List(text, lines);
    }

    private static void List(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Of(line)}\n");
        text.Append('\n');
    }
}
